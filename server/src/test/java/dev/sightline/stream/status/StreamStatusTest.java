package dev.sightline.stream.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.Codec;
import dev.sightline.metrics.DurationHistogram;
import dev.sightline.metrics.HistogramSnapshot;
import dev.sightline.stream.status.StreamStatus.RenditionStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class StreamStatusTest {
    @Test
    void inJson_figuresStandSideBySide() {
        RenditionStatus rendition = new RenditionStatus(
                new Rendition.Video(Codec.VP8, 640, 800_000),
                1,
                2,
                3,
                4,
                5,
                6,
                new StreamStatus.Encoding(Optional.of("libvpx"), 7, HistogramSnapshot.EMPTY));
        StreamStatus status = new StreamStatus(
                "cam",
                new StreamStatus.Signal(
                                "publish:",
                                StreamState.STALE,
                                Optional.of("frozen"),
                                Instant.EPOCH,
                                Optional.of(Instant.EPOCH))
                        .in(new StreamStatus.InWorker("network", StreamStatus.InWorker.State.UP)),
                new StreamStatus.Pictures(8, 9, 10, 11, latency()),
                12,
                new StreamStatus.Dropped(13, 14, 15, 16, 17),
                18,
                new StreamStatus.Processing(List.of(), List.of("faces"), false, List.of("click"), 19),
                List.of(rendition));
        assertThat(JsonMapper.shared().writeValueAsString(status)).isEqualTo("""
                {"name":"cam","source":"publish:","state":"STALE","reason":"frozen","since":"1970-01-01T00:00:00Z",\
                "lastPicture":"1970-01-01T00:00:00Z","worker":{"name":"network","state":"UP"},"width":8,"height":9,"fps":10.0,"frames":11,\
                "latency":{"total":%1$s,"source":%1$s,"pipeline":%1$s,"encode":%1$s,"network":%1$s,"display":%1$s},"viewers":12,\
                "dropped":{"pipeline":13,"encoders":14,"viewers":15,"broken":16,"withheld":17},"retries":18,\
                "processors":[],"clientProcessors":["faces"],"changesPicture":false,"inputs":["click"],"droppedInputs":19,"renditions":[{"name":"vp8 640 800 kbit/s","viewers":1,\
                "frames":2,"encodes":3,"skipped":4,"keyframes":5,"bytes":6,"encoder":"libvpx","millis":7.0}]}""".formatted(
                        "{\"count\":2,\"sum\":8.0,\"p50\":5.0,\"p95\":5.0,\"counts\":[0,0,0,2,0,0,0,0,0,0,0,0,0,0]}"));
    }

    private static LatencyStatus latency() {
        DurationHistogram histogram = new DurationHistogram();
        histogram.record(3_000_000);
        histogram.record(5_000_000);
        Durations two = Durations.of(histogram.snapshot(), OptionalDouble.of(5), OptionalDouble.of(5));
        return new LatencyStatus(two, two, two, two, two, two);
    }
}
