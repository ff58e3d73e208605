package dev.sightline.socketio;

/** Greets clients that want to connect to a namespace. */
@FunctionalInterface
public interface ConnectHandler {
    /**
     * A client wants to connect; when this returns it is. What is emitted to it here reaches it right after.
     *
     * @throws ConnectRefusedException to refuse it, with what it is told
     * @throws Exception anything else: it is refused, and the failure logged
     */
    void connect(Client client) throws Exception;
}
