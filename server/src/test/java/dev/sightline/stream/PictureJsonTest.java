package dev.sightline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.frame.Box;
import dev.sightline.frame.Detection;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Metadata;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PictureJsonTest {

    @Test
    void header_allThatIsKnown_inTheOrderOfTheDocuments() {
        Metadata metadata = new Metadata()
                .add(new Detection("face", 0.5, new Box(0, 0.25, 0.5, 0.125), Optional.of("7")))
                .add(new Detection("visage d\u00e9j\u00e0 vu", 1, new Box(0, 0, 1, 1)))
                .put("motion", Map.of("area", List.of(1, 2)));
        EncodedFrame frame = EncodedFrame.mjpeg(new byte[1], 640, 480, 12, 1_700_000_000_000_123_999L, metadata);

        assertThat(new String(PictureJson.header(frame), StandardCharsets.US_ASCII))
                .isEqualTo("{\"seq\":12,\"captureTime\":1700000000000.123,\"width\":640,\"height\":480,"
                        + "\"codec\":\"mjpeg\",\"keyframe\":true,\"rtpTimestamp\":380014603,\"metadata\":{\"detections\":["
                        + "{\"label\":\"face\",\"score\":0.5,\"box\":[0.0,0.25,0.5,0.125],\"id\":\"7\"},"
                        + "{\"label\":\"visage d\\u00E9j\\u00E0 vu\",\"score\":1.0,\"box\":[0.0,0.0,1.0,1.0]}],"
                        + "\"motion\":{\"area\":[1,2]}}}");
    }

    @Test
    void metadata_nothingKnown_emptyObject() {
        assertThat(PictureJson.metadata(Metadata.EMPTY)).isEqualTo("{}");
    }
}
