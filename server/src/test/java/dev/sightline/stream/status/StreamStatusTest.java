package dev.sightline.stream.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.Codec;
import dev.sightline.metrics.HistogramSnapshot;
import dev.sightline.stream.status.StreamStatus.RenditionStatus;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StreamStatusTest {
    @Test
    void renditionStatus_inJson_bearsTheRenditionsName() {
        Rendition rendition = new Rendition.Video(Codec.VP8, 640, 800_000);
        JsonNode json = JsonMapper.shared()
                .valueToTree(new RenditionStatus(
                        rendition, 1, 2, 3, 4, 5, 6, Optional.of("libvpx"), 7, HistogramSnapshot.EMPTY));
        assertThat(json.path("name").stringValue()).isEqualTo("vp8 640 800 kbit/s");
        assertThat(json.propertyNames())
                .containsExactlyInAnyOrder(
                        "name", "viewers", "frames", "encodes", "skipped", "keyframes", "bytes", "encoder", "millis");
    }
}
