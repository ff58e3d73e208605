package dev.sightline.transport.websocket;

import dev.sightline.codec.PictureException;
import dev.sightline.stream.SenderFrameId;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A picture as it came in by {@code sightline.v1}, framed as pictures are that go out.
 *
 * @param bytes the picture itself, not yet judged
 * @param from what its sender calls it, if it says
 */
record SentPicture(byte[] bytes, Optional<SenderFrameId> from) {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MAX_HEADER_BYTES = 4 * 1024;

    /**
     * The parts of a message: four bytes with the header's length, big-endian; the header {@code {seq, captureTime}} in
     * JSON; the picture.
     *
     * @throws PictureException if it is not of this form
     */
    static SentPicture of(byte[] message) throws PictureException {
        int length =
                message.length < Integer.BYTES ? -1 : ByteBuffer.wrap(message).getInt();
        if (length < 0 || length > MAX_HEADER_BYTES || length > message.length - Integer.BYTES) {
            throw new PictureException("a message begins with four bytes that say how long its header is, at most "
                    + MAX_HEADER_BYTES + " bytes; then come the header in JSON and the picture");
        }
        int start = Integer.BYTES + length;
        Optional<SenderFrameId> from = from(Arrays.copyOfRange(message, Integer.BYTES, start));
        return new SentPicture(Arrays.copyOfRange(message, start, message.length), from);
    }

    private static Optional<SenderFrameId> from(byte[] header) throws PictureException {
        try {
            JsonNode node = header.length == 0 ? JSON.createObjectNode() : JSON.readTree(header);
            JsonNode seq = node.path("seq");
            JsonNode time = node.path("captureTime");
            if (node.isObject() && seq.isMissingNode() && time.isMissingNode()) {
                return Optional.empty();
            }
            if (node.isObject() && seq.isIntegralNumber() && seq.canConvertToLong() && time.isNumber()) {
                return Optional.of(new SenderFrameId(seq.asLong(), time.asDouble()));
            }
        } catch (JacksonException | IllegalArgumentException e) {
            // said below
        }
        throw new PictureException("a picture's header is JSON: {\"seq\": whole number, \"captureTime\": number}");
    }
}
