package dev.sightline.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the load client believes it saw, however the network cuts the bytes. */
class PictureParserTest {
    private static final int PICTURES = 40;

    private final Random random = new Random(7);

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 300, 5_000, 100_000})
    void multipart_inPieces_everyPictureOnceWithItsTime(int largestPiece) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        stream.writeBytes(ascii("--frame\r\nContent-Type: image/jpeg\r\n\r\n"));
        for (int i = 1; i <= PICTURES; i++) {
            stream.writeBytes(jpeg(i, 3_000));
            stream.writeBytes(ascii("\r\n--frame\r\nContent-Type: image/jpeg\r\n\r\n"));
        }
        assertThat(seen(new MultipartParser("frame"), stream.toByteArray(), largestPiece))
                .isEqualTo(expected());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 300, 5_000, 100_000})
    void webSocket_inPieces_everyPictureOnceWithItsTime(int largestPiece) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int i = 1; i <= PICTURES; i++) {
            byte[] jpeg = jpeg(i, i % 2 == 0 ? 3_000 : 70_000);
            stream.writeBytes(
                    jpeg.length < 65_536
                            ? ByteBuffer.allocate(4)
                                    .put((byte) 0x82)
                                    .put((byte) 126)
                                    .putShort((short) jpeg.length)
                                    .array()
                            : ByteBuffer.allocate(10)
                                    .put((byte) 0x82)
                                    .put((byte) 127)
                                    .putLong(jpeg.length)
                                    .array());
            stream.writeBytes(jpeg);
            stream.writeBytes(new byte[] {(byte) 0x89, 0});
        }
        assertThat(seen(new WebSocketParser(), stream.toByteArray(), largestPiece))
                .isEqualTo(expected());
    }

    private List<Double> seen(PictureParser parser, byte[] stream, int largestPiece) {
        Seen seen = new Seen(new ArrayList<>());
        for (int at = 0; at < stream.length; ) {
            int length = Math.min(stream.length - at, 1 + random.nextInt(largestPiece));
            parser.feed(ByteBuffer.wrap(stream, at, length).slice(), seen);
            at += length;
        }
        return seen.captureMillis();
    }

    private static List<Double> expected() {
        List<Double> times = new ArrayList<>();
        for (int i = 1; i <= PICTURES; i++) {
            times.add(captureMillis(i));
        }
        return times;
    }

    private static double captureMillis(int number) {
        return 1_700_000_000_000.125 + number;
    }

    /** Random bytes, rich in what a boundary is made of, behind an identity. */
    private byte[] jpeg(int number, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (random.nextInt(4) == 0 ? "\r\n--frame".charAt(random.nextInt(8)) : random.nextInt(256));
        }
        byte[] identity = ascii("sightline {\"seq\":" + number + ",\"captureTime\":"
                + String.format(java.util.Locale.ROOT, "%.3f", captureMillis(number)) + "}");
        System.arraycopy(identity, 0, bytes, 6, identity.length);
        return bytes;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private record Seen(List<Double> captureMillis) implements PictureParser.Listener {
        @Override
        public void picture(double millis) {
            captureMillis.add(millis);
        }

        @Override
        public void ping() {}

        @Override
        public void goodbye() {}
    }
}
