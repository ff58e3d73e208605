package dev.sightline.stream.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.Codec;
import dev.sightline.metrics.HistogramSnapshot;
import dev.sightline.stream.status.StreamStatus.RenditionStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
                        Optional.of(Instant.EPOCH)),
                new StreamStatus.Pictures(8, 9, 10, 11),
                12,
                new StreamStatus.Dropped(13, 14, 15, 16, 17),
                18,
                new StreamStatus.Processing(List.of(), List.of("faces"), false, List.of("click"), 19),
                List.of(rendition));
        assertThat(JsonMapper.shared().writeValueAsString(status)).isEqualTo("""
                {"name":"cam","source":"publish:","state":"STALE","reason":"frozen","since":"1970-01-01T00:00:00Z",\
                "lastPicture":"1970-01-01T00:00:00Z","width":8,"height":9,"fps":10.0,"frames":11,"viewers":12,\
                "dropped":{"pipeline":13,"encoders":14,"viewers":15,"broken":16,"withheld":17},"retries":18,\
                "processors":[],"clientProcessors":["faces"],"changesPicture":false,"inputs":["click"],"droppedInputs":19,"renditions":[{"name":"vp8 640 800 kbit/s","viewers":1,\
                "frames":2,"encodes":3,"skipped":4,"keyframes":5,"bytes":6,"encoder":"libvpx","millis":7.0}]}""");
    }
}
