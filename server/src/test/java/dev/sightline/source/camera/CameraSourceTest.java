package dev.sightline.source.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.frame.CaptureClock;
import dev.sightline.source.Numbering;
import dev.sightline.source.Source;
import dev.sightline.source.SourceException;
import dev.sightline.source.SourceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CameraSourceTest {
    @TempDir
    private Path devices;

    private boolean permitted = true;

    @ParameterizedTest
    @CsvSource({
        "camera:0, 0, 640x480, 30",
        "camera:, 0, 640x480, 30",
        "camera:2:1280x720, 2, 1280x720, 30",
        "camera:0:1280x720@60, 0, 1280x720, 60",
        "camera:/dev/video3:320x240@5, /dev/video3, 320x240, 5",
        "CAMERA:Integrated Camera, Integrated Camera, 640x480, 30",
    })
    void source_address_isUnderstood(String address, String device, String size, int fps) {
        CameraSource source = (CameraSource) source(address);
        assertThat(source.device()).isEqualTo(device);
        assertThat(source.mode().size()).isEqualTo(size);
        assertThat(source.mode().fps()).isEqualTo(fps);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"camera:0:big", "camera:0:640x480@", "camera:0:640x480@0", "camera:0:1x1", "camera:0:99999x99999"
            })
    void source_addressNoCameraHas_isRefused(String address) {
        assertThatThrownBy(() -> source(address)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void absence_noCamera_saysWhichThereAre() throws IOException {
        assertThat(source("camera:0").absence().orElseThrow()).contains("no camera", "video0", "none is plugged in");
        Files.createFile(devices.resolve("video2"));
        assertThat(source("camera:0").absence().orElseThrow()).contains("there is", "video2");
    }

    @Test
    void absence_notPermitted_saysWhichGroup() throws IOException {
        Path camera = Files.createFile(devices.resolve("video0"));
        assertThat(source("camera:0").absence()).isEmpty();
        permitted = false;
        assertThat(source("camera:0").absence().orElseThrow()).contains(camera.toString(), "sudo usermod -aG video");
    }

    @Test
    void open_notACamera_saysSo() throws IOException {
        Files.writeString(devices.resolve("video0"), "no camera");
        Numbering numbering = new Numbering(CaptureClock.system());
        assertThatThrownBy(() -> source("camera:0").open(numbering))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("camera 0");
        assertThatThrownBy(() -> source("camera:7").open(numbering)).hasMessageContaining("there is no camera");
    }

    private Source source(String address) {
        return new CameraScheme(new Video4Linux(devices, file -> permitted)).source(address, SourceOptions.DEFAULTS);
    }
}
