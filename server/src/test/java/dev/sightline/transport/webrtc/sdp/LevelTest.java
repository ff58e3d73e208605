package dev.sightline.transport.webrtc.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LevelTest {
    @Test
    void line_longerThan4096Characters_isRefusedByNumber() throws Exception {
        String longest = "a=" + "x".repeat(4_094);
        assertThat(RemoteDescription.parse("v=0\n" + longest + "\n").sections()).isEmpty();
        assertThatThrownBy(() -> RemoteDescription.parse("v=0\n" + longest + "x\n"))
                .hasMessageContaining("line 2 is longer than 4096 characters");
    }
}
