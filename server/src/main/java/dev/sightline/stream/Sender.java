package dev.sightline.stream;

import java.util.function.Consumer;

/**
 * Who asks to become a {@link Publisher}, as its transport knows it.
 *
 * @param transport its transport in one word, for example {@code websocket}
 * @param address its IP address or network as text
 * @param onDisconnect ends its connection, for the reason that it gets; called by any thread, and must not wait
 */
public record Sender(String transport, String address, Consumer<String> onDisconnect) {}
