package dev.sightline.worker;

import java.util.function.Consumer;

/**
 * The connection to the other process. Messages arrive in the order in which they were sent, one at a time. All methods may be
 * called by any thread, and none of them waits.
 */
public interface Link {
    /**
     * Sends a message. One without a body always gets through while the link lasts: a link on which too many of these wait ends.
     *
     * @return false if it was dropped: the link has ended, or the message has a body and too much waits already
     */
    boolean send(Message message);

    /**
     * Names who gets the messages, once; those that came before are kept until then. It is called by the link's own thread and
     * must return soon: what blocks it for a second counts as a hang of its process. What it throws ends the link.
     */
    void onMessage(Consumer<Message> receiver);

    /** Names who is told, once, why the link has ended; at once if it has ended already. */
    void onEnd(Consumer<String> listener);

    /** Ends the link; what waits is not sent. */
    void close();
}
