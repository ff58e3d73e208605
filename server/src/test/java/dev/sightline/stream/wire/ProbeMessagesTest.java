package dev.sightline.stream.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.worker.Message;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbeMessagesTest {
    /** As much of a JPEG as tells its size: SOI, and SOF0 of 2x1. */
    private static final byte[] JPEG =
            HexFormat.of().parseHex("ffd8" + "ffc0000b080001000201011100" + "ffda0008010100003f00");

    @Test
    void request_roundTrip_saysAll_andShowsNoSecret() {
        ProbeRequest request =
                new ProbeRequest("rtsp://eve:s3cret@cam/1", "/etc", Map.of("allowed", List.of("10.0.0.0/8")), 10_000);

        assertThat(ProbeRequest.read(request.message())).isEqualTo(request);
        assertThat(request.toString()).doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            probe  | 17
            probe  | {"source": {}}
            probe  | {"millis": null}
            probe  | null
            remove | {"stream": "cam"}
            """)
    void request_rubbish_isRefused(String kind, String json) {
        assertThatThrownBy(() -> ProbeRequest.read(Message.of(kind, json)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void answer_roundTrip_saysAll() {
        ProbeAnswer.Found found = new ProbeAnswer.Found(2, 1, Optional.of("h264"), Optional.of(24.5), JPEG);

        assertThat(ProbeAnswer.read(found.message())).usingRecursiveComparison().isEqualTo(found);
        ProbeAnswer.Found raw = new ProbeAnswer.Found(2, 1, Optional.empty(), Optional.empty(), JPEG);
        assertThat(ProbeAnswer.read(raw.message())).usingRecursiveComparison().isEqualTo(raw);
        ProbeAnswer.Failed failed = new ProbeAnswer.Failed("it is silent");
        assertThat(ProbeAnswer.read(failed.message())).isEqualTo(failed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            probed       | {"width": 0, "height": 1}
            probed       | {"width": 2, "height": -1}
            probed       | {"width": 2}
            probed       | {"width": 2, "height": 1, "codec": "<script>"}
            probed       | {"width": 2, "height": 1, "fps": -1}
            probed       | {"width": 2, "height": 1, "fps": 1e999}
            probed       | []
            probe-failed | {"problem": null}
            probe-failed | {}
            configured   | {"stream": "cam", "id": 1}
            """)
    void answer_rubbish_isRefused(String kind, String json) {
        assertThatThrownBy(() -> ProbeAnswer.read(Message.of(kind, json, JPEG)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void answer_pictureThatIsNoJpeg_isRefused() {
        assertThat(ProbeAnswer.read(Message.of("probed", "{\"width\": 2, \"height\": 1}", JPEG)))
                .isInstanceOf(ProbeAnswer.Found.class);
        assertThatThrownBy(() -> ProbeAnswer.read(
                        Message.of("probed", "{\"width\": 2, \"height\": 1}", "<svg onload='…'>".getBytes())))
                .hasMessageContaining("no source gives such frames");
    }

    @Test
    void failed_longProblem_isCut() {
        assertThat(new ProbeAnswer.Failed("x".repeat(100_000)).problem()).hasSize(ProbeAnswer.Failed.LONGEST);
    }
}
