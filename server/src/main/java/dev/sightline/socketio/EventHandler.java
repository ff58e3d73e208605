package dev.sightline.socketio;

/** Receives events of one name. */
@FunctionalInterface
public interface EventHandler {
    /**
     * A client sent the event.
     *
     * @param ack answers it, if the client asked for that; now or later
     */
    void handle(Client client, Arguments arguments, Ack ack) throws Exception;
}
