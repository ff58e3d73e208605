package dev.sightline.bench.load;

import java.nio.ByteBuffer;
import java.util.function.BiConsumer;

/** Pictures as binary WebSocket messages, unfragmented and unmasked (RFC 6455 section 5.2). */
final class WebSocketParser implements PictureParser {
    private static final int TEXT = 0x1;
    private static final int BINARY = 0x2;
    private static final int CLOSE = 0x8;
    private static final int PING = 0x9;
    private static final int PONG = 0xA;

    private final BiConsumer<PictureHead, Listener> onText;
    private final PictureHead head = new PictureHead();
    private final byte[] header = new byte[10];
    private int headerLength;
    private boolean inPayload;
    private long left;

    /** Where texts mean nothing. */
    WebSocketParser() {
        this((text, listener) -> {});
    }

    /** With what is to be done with a text, of which the first bytes are lent. */
    WebSocketParser(BiConsumer<PictureHead, Listener> onText) {
        this.onText = onText;
    }

    @Override
    public void feed(ByteBuffer bytes, Listener listener) {
        while (bytes.hasRemaining()) {
            if (!inPayload) {
                readHeader(bytes);
            } else {
                int count = (int) Math.min(left, bytes.remaining());
                head.see(bytes, count);
                bytes.position(bytes.position() + count);
                left -= count;
            }
            if (inPayload && left == 0) {
                finish(listener);
            }
        }
    }

    @Override
    public byte[] signOfLife() {
        return ClientFrame.PONG;
    }

    private void readHeader(ByteBuffer bytes) {
        while (bytes.hasRemaining() && !inPayload) {
            header[headerLength++] = bytes.get();
            if (headerLength >= 2 && headerLength == 2 + extraLength()) {
                left = payloadLength();
                inPayload = true;
                head.clear();
            }
        }
    }

    private int extraLength() {
        int length = header[1] & 0x7F;
        return length < 126 ? 0 : length == 126 ? 2 : 8;
    }

    private long payloadLength() {
        if (headerLength == 2) {
            return header[1] & 0x7F;
        }
        long length = 0;
        for (int i = 2; i < headerLength; i++) {
            length = length << 8 | header[i] & 0xFF;
        }
        return length;
    }

    private void finish(Listener listener) {
        int opcode = header[0] & 0xF;
        inPayload = false;
        headerLength = 0;
        if (opcode == BINARY) {
            listener.picture(head);
        } else if (opcode == TEXT) {
            onText.accept(head, listener);
        } else if (opcode == PING) {
            listener.answer(ClientFrame.PONG);
        } else if (opcode == PONG) {
            listener.pong();
        } else if (opcode == CLOSE) {
            listener.goodbye();
        }
    }
}
