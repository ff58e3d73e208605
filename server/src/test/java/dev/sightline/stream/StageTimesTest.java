package dev.sightline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Metadata;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StageTimesTest {
    private static final long CAPTURED = 1_700_000_000_000_000_000L;

    private final EncodedFrame frame =
            EncodedFrame.mjpeg(new byte[1], 640, 480, 12, CAPTURED, new Metadata().put("motion", 1));

    @Test
    void members_frameThatLeftThePipeline_millisecondsInEachStage() {
        EncodedFrame timed = StageTimes.of(CAPTURED, CAPTURED + 1_250_000, CAPTURED + 4_251_999)
                .on(frame)
                .encodedIn(2_500_400);
        assertThat(StageTimes.members(timed)).contains(Map.of("source", 1.25, "pipeline", 3.001, "encode", 2.5));
    }

    @Test
    void members_sourcesOwnBytes_withoutAnEncoder() {
        EncodedFrame timed = new StageTimes(1_000_000, 0).on(frame);
        assertThat(StageTimes.members(timed)).contains(Map.of("source", 1.0, "pipeline", 0.0));
    }

    @Test
    void members_nothingKnown_empty() {
        assertThat(StageTimes.members(frame)).isEmpty();
        assertThat(PictureJson.times(frame)).isEqualTo("{}");
    }

    @Test
    void json_beforeTheMetadataAndNotInIt() {
        EncodedFrame timed = new StageTimes(1_000_000, 2_000_000).on(frame).encodedIn(3_000_000);
        assertThat(new String(PictureJson.header(timed), StandardCharsets.US_ASCII))
                .endsWith(",\"times\":{\"source\":1.0,\"pipeline\":2.0,\"encode\":3.0},\"metadata\":{\"motion\":1}}");
        assertThat(new String(PictureJson.identity(timed), StandardCharsets.US_ASCII))
                .endsWith("},\"metadata\":{\"motion\":1}}");
        assertThat(PictureJson.times(timed)).isEqualTo("{\"source\":1.0,\"pipeline\":2.0,\"encode\":3.0}");
    }
}
