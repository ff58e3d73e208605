package dev.sightline.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerCounterTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1_000})
    void feed_inPieces_answersByTheirCode(int piece) {
        String answers =
                "HTTP/1.1 200 OK\r\nServer: HHTTP\r\n\r\n{}HTTP/1.1 414 URI Too Long\r\n\r\nHTTP/1.1 204 No\r\n\r\n";
        FloodTally tally = new FloodTally();
        AnswerCounter counter = new AnswerCounter(tally);
        byte[] bytes = answers.getBytes(StandardCharsets.US_ASCII);
        for (int at = 0; at < bytes.length; at += piece) {
            counter.feed(ByteBuffer.wrap(bytes, at, Math.min(piece, bytes.length - at)), Unheard.INSTANCE);
        }
        assertThat(tally.read()).isEqualTo(new Flooded(2, 1, 0));
    }

    private enum Unheard implements PictureParser.Listener {
        INSTANCE;

        @Override
        public void picture(PictureHead head) {}

        @Override
        public void answer(byte[] bytes) {}

        @Override
        public void goodbye() {}
    }
}
