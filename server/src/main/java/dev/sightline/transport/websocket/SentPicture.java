package dev.sightline.transport.websocket;

import dev.sightline.codec.PictureException;
import dev.sightline.stream.FrameIdException;
import dev.sightline.stream.SenderFrameId;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * A picture as it came in by {@code sightline.v1}, framed as pictures are that go out.
 *
 * @param bytes the picture itself, not yet judged
 * @param from what its sender calls it, if it says
 */
record SentPicture(byte[] bytes, Optional<SenderFrameId> from) {
    private static final int MAX_HEADER_BYTES = 4 * 1024;

    /**
     * The parts of a message: four bytes with the header's length, big-endian; the header {@code {seq, captureTime}} in
     * JSON; the picture.
     *
     * @throws PictureException if it is not of this form
     * @throws FrameIdException if the header is not
     */
    static SentPicture of(byte[] message) throws PictureException, FrameIdException {
        int length =
                message.length < Integer.BYTES ? -1 : ByteBuffer.wrap(message).getInt();
        if (length < 0 || length > MAX_HEADER_BYTES || length > message.length - Integer.BYTES) {
            throw new PictureException("a message begins with four bytes that say how long its header is, at most "
                    + MAX_HEADER_BYTES + " bytes; then come the header in JSON and the picture");
        }
        int start = Integer.BYTES + length;
        Optional<SenderFrameId> from = SenderFrameId.read(Arrays.copyOfRange(message, Integer.BYTES, start));
        return new SentPicture(Arrays.copyOfRange(message, start, message.length), from);
    }
}
