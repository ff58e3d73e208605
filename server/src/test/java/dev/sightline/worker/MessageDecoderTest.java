package dev.sightline.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Messages as bytes, and back. */
class MessageDecoderTest {
    private static final int MUTATIONS = 100_000;

    @Test
    void decode_bytesInAnyPieces_givesTheMessagesInOrder() throws Exception {
        byte[] bytes = bytes(messages());
        for (int piece : new int[] {1, 7, 12, 13, 1_000, bytes.length}) {
            List<Envelope> decoded = new ArrayList<>();
            MessageDecoder decoder = new MessageDecoder();
            for (int at = 0; at < bytes.length; at += piece) {
                decoder.decode(ByteBuffer.wrap(bytes, at, Math.min(piece, bytes.length - at)), decoded::add);
            }
            assertThat(decoded).usingRecursiveComparison().isEqualTo(messages());
        }
    }

    @Test
    void decode_announcedLengths_areJudgedBeforeAnythingIsAllocated() {
        assertRefused(header('S', 0, 1, 0, Message.MOST_JSON + 1, 0));
        assertRefused(header('S', 0, 1, 0, 0, Message.MOST_BODY + 1));
        assertRefused(header('S', 0, 1, 0, -1, 0));
        assertRefused(header('S', 0, 1, 0, 0, -1));
        assertRefused(header('S', 0, 0, 0, 0, 0));
        assertRefused(header('S', 0, Message.MOST_KIND + 1, 0, 0, 0));
        assertRefused(header('S', 2, 1, 0, 0, 0));
        assertRefused(header('S', 0, 1, 1, 0, 0));
        assertRefused(header('H', 0, 1, 0, 0, 0));
    }

    @Test
    void decode_aHundredThousandMutations_givesMessagesOrRefuses() throws Exception {
        byte[] good = bytes(messages());
        Random random = new Random(1);
        int refused = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] bytes = good.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                // Bodies may be anything: most changes hit what is judged.
                bytes[random.nextInt(random.nextBoolean() ? 60 : bytes.length)] = (byte) random.nextInt();
            }
            refused += isRefused(bytes) ? 1 : 0;
        }
        assertThat(refused).isBetween(MUTATIONS / 4, MUTATIONS - 1);
    }

    private static boolean isRefused(byte[] bytes) {
        try {
            new MessageDecoder()
                    .decode(
                            ByteBuffer.wrap(bytes),
                            envelope -> assertThat(envelope.message().kind()).hasSizeBetween(1, Message.MOST_KIND));
            return false;
        } catch (ProtocolException e) {
            return true;
        }
    }

    private static void assertRefused(ByteBuffer header) {
        assertThatThrownBy(() -> new MessageDecoder().decode(header, envelope -> {}))
                .isInstanceOf(ProtocolException.class);
    }

    private static ByteBuffer header(int mark, int internal, int kind, int zero, int json, int body) {
        return ByteBuffer.allocate(Framing.HEADER)
                .put((byte) mark)
                .put((byte) internal)
                .put((byte) kind)
                .put((byte) zero)
                .putInt(json)
                .putInt(body)
                .flip();
    }

    private static List<Envelope> messages() {
        return List.of(
                Envelope.internal(Envelope.PING),
                new Envelope(false, Message.of("frame", "{\"seq\":1}", new byte[] {1, 2, 3})),
                new Envelope(false, Message.of("frame", "", new byte[500])),
                new Envelope(false, Message.of("status", "{\"name\":\"ä\"}")));
    }

    private static byte[] bytes(List<Envelope> messages) throws IOException, InterruptedException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Outbox outbox = new Outbox();
        messages.forEach(outbox::offer);
        MessageWriter writer = new MessageWriter(outbox, Channels.newChannel(new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] part, int at, int length) {
                bytes.write(part, at, length);
                outbox.close();
            }
        }));
        writer.run();
        return bytes.toByteArray();
    }
}
