package dev.sightline.stream;

import dev.sightline.refusal.RefusedException;
import java.util.function.Consumer;

/**
 * Who asks to become a {@link Publisher}, as its transport knows it.
 *
 * @param transport its transport in one word, for example {@code websocket}
 * @param address its IP address or network as text
 * @param onDisconnect ends its connection, for the reason that it gets; called by any thread, and must not wait
 * @param onRefused tells it that it has lost its place, and why; called by any thread, and must not wait
 */
public record Sender(
        String transport, String address, Consumer<String> onDisconnect, Consumer<RefusedException> onRefused) {

    /** One whose connection is for sending: it ends with the place. */
    public Sender(String transport, String address, Consumer<String> onDisconnect) {
        this(transport, address, onDisconnect, why -> onDisconnect.accept(why.getMessage()));
    }
}
