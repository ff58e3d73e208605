package dev.sightline.transport.mjpeg;

import dev.sightline.frame.EncodedFrame;
import dev.sightline.stream.PictureJson;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;

/** How to write the parts of a multipart/x-mixed-replace answer, with {@code frame} as their boundary. */
enum PartForm {
    /**
     * For browsers. Chromium paints a frame only after all headers of the next part have come, including the blank line. So
     * every frame is followed at once by the next boundary and headers, which do not describe the next frame.
     */
    PLAIN("--frame\r\nContent-Type: image/jpeg\r\n\r\n") {
        @Override
        String before(EncodedFrame frame) {
            return "";
        }

        @Override
        String after() {
            return "\r\n" + beginning();
        }

        @Override
        String end(String why) {
            return "";
        }
    },
    /** For programs: the headers come with their frame, and describe it fully. */
    FULL("") {
        @Override
        String before(EncodedFrame frame) {
            return "--frame\r\nContent-Type: image/jpeg\r\nContent-Length: " + frame.size()
                    + "\r\nX-Sightline-Seq: " + frame.seq()
                    + "\r\nX-Sightline-Capture-Time: " + PictureJson.captureTime(frame)
                    + "\r\nX-Sightline-Times: " + PictureJson.times(frame)
                    + "\r\nX-Sightline-Metadata: " + PictureJson.metadata(frame.metadata())
                    + "\r\n\r\n";
        }

        @Override
        String after() {
            return "\r\n";
        }

        @Override
        String end(String why) {
            return "--frame--\r\n" + why + "\r\n";
        }
    };

    private final String beginning;

    PartForm(String beginning) {
        this.beginning = beginning;
    }

    /** The bytes before the first frame. */
    String beginning() {
        return beginning;
    }

    /** A frame with the bytes before and after it, in a buffer that the caller owns. */
    ByteBuf part(EncodedFrame frame) {
        byte[] before = ascii(before(frame));
        byte[] after = ascii(after());
        return PooledByteBufAllocator.DEFAULT
                .directBuffer(before.length + frame.size() + after.length)
                .writeBytes(before)
                .writeBytes(frame.data())
                .writeBytes(after);
    }

    abstract String before(EncodedFrame frame);

    abstract String after();

    /** What ends the answer of a viewer that is disconnected: the reason is the epilogue (RFC 2046 section 5.1.1). */
    abstract String end(String why);

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
