package dev.sightline.socketio;

/** Receives events of one name. */
@FunctionalInterface
public interface EventHandler {
    /**
     * A client sent the event.
     *
     * @param ack answers the event now or later, if the client asked for that
     */
    void handle(Client client, Arguments arguments, Ack ack) throws Exception;
}
