package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NamedSourceTest {
    @Test
    void all_givenNames_areTaken() {
        assertThat(NamedSource.all(List.of("door=rtsp://h/a?b=c", "me=pattern:")))
                .containsExactly(Map.entry("door", "rtsp://h/a?b=c"), Map.entry("me", "pattern:"));
    }

    @Test
    void all_withoutNames_areDerivedEachOnce() {
        assertThat(NamedSource.all(List.of(
                        "camera:0", "camera:1", "videos/My clip (1).mp4", "http://h/?x=1", "file:a.mp4", "a.avi")))
                .containsExactly(
                        Map.entry("camera", "camera:0"),
                        Map.entry("camera2", "camera:1"),
                        Map.entry("My-clip-1", "videos/My clip (1).mp4"),
                        Map.entry("stream4", "http://h/?x=1"),
                        Map.entry("a", "file:a.mp4"),
                        Map.entry("a2", "a.avi"));
    }
}
