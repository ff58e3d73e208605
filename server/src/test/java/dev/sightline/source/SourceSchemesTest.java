package dev.sightline.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.source.camera.CameraScheme;
import dev.sightline.source.file.FileScheme;
import dev.sightline.source.http.HttpScheme;
import dev.sightline.source.pattern.PatternScheme;
import dev.sightline.source.rtsp.RtspScheme;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All schemes that exist, together. */
class SourceSchemesTest {
    private final SourceSchemes schemes = new SourceSchemes(
            List.of(new PatternScheme(), new FileScheme(), new CameraScheme(), new RtspScheme(), new HttpScheme()));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exec:ls",
                "concat:a.mp4|b.mp4",
                "lavfi:testsrc",
                "subfile:a",
                "data:image/png;base64,AA",
                "pipe:0",
                "tcp://127.0.0.1:1",
                "udp://@:1234",
                "ftp://127.0.0.1/a",
                "fd:0",
                "gopher://a",
                "unix:/a",
                "crypto:a"
            })
    void source_anythingElse_isUnknown(String address) {
        assertThatThrownBy(() -> schemes.source(address, SourceOptions.DEFAULTS))
                .isInstanceOf(UnknownSchemeException.class)
                .hasMessageContaining("known are camera, file, http, https, pattern, rtsp, rtsps");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"clip.mp4", "file:clip.mp4", "pattern:", "camera:0", "rtsp://h/a", "rtsps://h/a", "https://h/a"})
    void source_eachKind_isFound(String address) {
        assertThat(schemes.source(address, SourceOptions.DEFAULTS).address()).startsWith(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/passwd",
                "file:../x.mp4",
                "file:///etc/passwd",
                "http://127.0.0.1/x",
                "https://[::ffff:169.254.169.254]/x",
                "rtsps://localhost/x"
            })
    void source_ofTheApi_reachesNothingNearThisComputer(String address) {
        SourceOptions options =
                SourceOptions.DEFAULTS.in(Path.of("src")).within(EgressRule.checked(EgressSettings.DEFAULTS));

        assertThatThrownBy(() -> schemes.source(address, options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the API may");
    }

    @ParameterizedTest
    @EnabledOnOs(OS.LINUX)
    @ValueSource(strings = {"camera:/dev/kmsg", "camera:../etc/passwd", "camera:kmsg", "camera:/dev/v4l/by-id/../x"})
    void source_ofTheApi_opensNoDeviceButCameras(String address) {
        SourceOptions options = SourceOptions.DEFAULTS.within(EgressRule.checked(EgressSettings.DEFAULTS));

        assertThatThrownBy(() -> schemes.source(address, options)).hasMessageContaining("something else than a camera");
        for (String camera : List.of(
                "camera:", "camera:0:640x480@30", "camera:/dev/video1", "camera:/dev/v4l/by-id/usb-A_1.0-video")) {
            assertThat(schemes.source(camera, options).address()).isEqualTo(camera);
        }
    }
}
