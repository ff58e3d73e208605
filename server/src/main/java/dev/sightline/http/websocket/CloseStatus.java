package dev.sightline.http.websocket;

import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Why a WebSocket was closed (RFC 6455 section 7.4). */
record CloseStatus(int code, String reason) {
    static final int GOING_AWAY = 1001;
    static final int REFUSED = 1008;
    static final int FAILED = 1011;
    static final int TRY_AGAIN_LATER = 1013;
    static final CloseStatus BROKEN = new CloseStatus(1006, "");

    private static final int NO_STATUS = 1005;
    private static final int MAX_PAYLOAD = 125;

    /** The status of a close frame. */
    static CloseStatus of(CloseWebSocketFrame frame) {
        int code = frame.statusCode();
        return code < 0 ? new CloseStatus(NO_STATUS, "") : new CloseStatus(code, frame.reasonText());
    }

    /** The payload of a close frame; a reason that is too long is cut between two characters. */
    byte[] payload() {
        if (code == NO_STATUS) {
            return new byte[0];
        }
        ByteBuffer payload = ByteBuffer.allocate(MAX_PAYLOAD).putShort((short) code);
        CharsetEncoder utf8 = StandardCharsets.UTF_8.newEncoder().onMalformedInput(CodingErrorAction.REPLACE);
        utf8.encode(CharBuffer.wrap(reason), payload, true);
        return Arrays.copyOf(payload.array(), payload.position());
    }
}
