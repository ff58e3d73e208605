package dev.sightline.bench.load;

import java.nio.ByteBuffer;

/**
 * Pictures as Socket.IO events with one binary argument, over WebSocket: {@code 451-["frame",…]} as text, then the picture
 * as a binary message (Engine.IO 4, Socket.IO 5). Joins the main namespace when the server has opened the session, and
 * answers its pings.
 */
final class SocketIoParser implements PictureParser {
    private static final byte[] CONNECT = ClientFrame.text("40");
    private static final byte[] PONG = ClientFrame.text("3");

    private final WebSocketParser messages = new WebSocketParser(SocketIoParser::packet);

    @Override
    public void feed(ByteBuffer bytes, Listener listener) {
        messages.feed(bytes, listener);
    }

    @Override
    public byte[] signOfLife() {
        return PONG;
    }

    private static void packet(PictureHead text, Listener listener) {
        switch (text.at(0)) {
            case '0' -> listener.answer(CONNECT);
            case '1' -> listener.goodbye();
            case '2' -> listener.answer(PONG);
            case '4' -> message(text.at(1), listener);
            default -> {}
        }
    }

    private static void message(char type, Listener listener) {
        boolean disconnected = type == '1';
        boolean refused = type == '4';
        if (disconnected || refused) {
            listener.goodbye();
        }
    }
}
