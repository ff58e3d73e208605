package dev.sightline.socketio;

/** Accepts or refuses clients that want to connect to a namespace. */
@FunctionalInterface
public interface ConnectHandler {
    /**
     * A client wants to connect; it is connected when this returns. Events emitted to it here reach it right after.
     *
     * @throws ConnectRefusedException to refuse the client, with what it should learn
     * @throws Exception on anything else: the client is refused, and the failure logged
     */
    void connect(Client client) throws Exception;
}
