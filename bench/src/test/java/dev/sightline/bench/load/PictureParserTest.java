package dev.sightline.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
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
            stream.writeBytes(message(0x82, jpeg(i, i % 2 == 0 ? 3_000 : 70_000)));
            stream.writeBytes(new byte[] {(byte) 0x89, 0});
        }
        assertThat(seen(new WebSocketParser(), stream.toByteArray(), largestPiece))
                .isEqualTo(expected());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 300, 5_000, 100_000})
    void socketIo_inPieces_everyPictureOnceAndAllAnswered(int largestPiece) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        stream.writeBytes(message(0x81, ascii("0{\"sid\":\"a\",\"upgrades\":[],\"pingInterval\":25000}")));
        stream.writeBytes(message(0x81, ascii("40{\"sid\":\"b\"}")));
        for (int i = 1; i <= PICTURES; i++) {
            stream.writeBytes(message(0x81, ascii("451-[\"frame\",{\"_placeholder\":true,\"num\":0}]")));
            stream.writeBytes(message(0x82, jpeg(i, i % 2 == 0 ? 3_000 : 70_000)));
        }
        stream.writeBytes(message(0x81, ascii("2")));
        Seen seen = seenAndSaid(new SocketIoParser(), stream.toByteArray(), largestPiece);
        assertThat(seen.captureMillis()).isEqualTo(expected());
        assertThat(seen.answers()).containsExactly(ClientFrame.text("40"), ClientFrame.text("3"));
    }

    @Test
    void clientFrame_picture_masked() {
        assertThat(ClientFrame.binary(new byte[] {1, 2, 3, 4, 5}, 0x10203040))
                .isEqualTo(new byte[] {(byte) 0x82, (byte) 0x85, 0x10, 0x20, 0x30, 0x40, 0x11, 0x22, 0x33, 0x44, 0x15});
    }

    @Test
    void clientFrame_unfinished_masked() {
        byte[] part = {1, 2};
        assertThat(ClientFrame.fragment(true, part)).isEqualTo(new byte[] {2, (byte) 0x82, 0, 0, 0, 0, 1, 2});
        assertThat(ClientFrame.fragment(false, part)).isEqualTo(new byte[] {0, (byte) 0x82, 0, 0, 0, 0, 1, 2});
        assertThat(ClientFrame.binaryHead(0x01020304))
                .isEqualTo(new byte[] {(byte) 0x82, (byte) 0xFF, 0, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0});
    }

    private static byte[] message(int head, byte[] payload) {
        ByteBuffer message = ByteBuffer.allocate(payload.length + 10).put((byte) head);
        if (payload.length < 126) {
            message.put((byte) payload.length);
        } else if (payload.length < 65_536) {
            message.put((byte) 126).putShort((short) payload.length);
        } else {
            message.put((byte) 127).putLong(payload.length);
        }
        message.put(payload);
        return Arrays.copyOf(message.array(), message.position());
    }

    private List<Double> seen(PictureParser parser, byte[] stream, int largestPiece) {
        return seenAndSaid(parser, stream, largestPiece).captureMillis();
    }

    private Seen seenAndSaid(PictureParser parser, byte[] stream, int largestPiece) {
        Seen seen = new Seen(new ArrayList<>(), new ArrayList<>());
        for (int at = 0; at < stream.length; ) {
            int length = Math.min(stream.length - at, 1 + random.nextInt(largestPiece));
            parser.feed(ByteBuffer.wrap(stream, at, length).slice(), seen);
            at += length;
        }
        return seen;
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

    private record Seen(List<Double> captureMillis, List<byte[]> answers) implements PictureParser.Listener {
        @Override
        public void picture(PictureHead head) {
            captureMillis.add(head.captureMillis());
        }

        @Override
        public void answer(byte[] bytes) {
            answers.add(bytes);
        }

        @Override
        public void goodbye() {}
    }
}
