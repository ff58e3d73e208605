package dev.sightline.source.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.frame.CaptureClock;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.source.Numbering;
import dev.sightline.source.SourceException;
import dev.sightline.source.SourceOptions;
import dev.sightline.source.SourceOptions.Deinterlace;
import dev.sightline.source.SourceReader;
import dev.sightline.source.ffmpeg.Formats;
import dev.sightline.source.ffmpeg.Limits;
import dev.sightline.source.ffmpeg.MediaInput;
import dev.sightline.testkit.PatternNumber;
import dev.sightline.testkit.VideoFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The camera source on a platform whose cameras are files, since there is no camera where tests run. */
class CameraSourceIT {
    @TempDir
    private Path folder;

    private final Numbering numbering = new Numbering(CaptureClock.system());

    @Test
    void read_cameraWithJpeg_passesUndecodedWithTheTimeOfArrival() throws Exception {
        Path video = VideoFiles.pattern(folder.resolve("camera.avi"), "mjpeg", 320, 240, 30, 5);
        long before = CaptureClock.system().nanos();
        try (SourceReader reader = open(video)) {
            for (long expected = 1; expected <= 5; expected++) {
                EncodedFrame frame = (EncodedFrame) reader.read().orElseThrow();
                assertThat(frame.seq()).isEqualTo(expected);
                assertThat(PatternNumber.readJpeg(frame.data())).hasValue(expected);
                assertThat(frame.captureNanos())
                        .isBetween(before, CaptureClock.system().nanos());
            }
            assertThatThrownBy(reader::read).isInstanceOf(SourceException.class).hasMessageContaining("camera 0");
        }
    }

    @Test
    void open_firstModeFails_takesTheNext() throws Exception {
        Path video = VideoFiles.pattern(folder.resolve("camera.avi"), "rawvideo", 320, 240, 30, 5);
        try (SourceReader reader = open(folder.resolve("no-jpeg.avi"), video);
                Frame frame = (Frame) reader.read().orElseThrow()) {
            assertThat(PatternNumber.read(frame.mat())).hasValue(1);
        }
    }

    private SourceReader open(Path... modes) throws Exception {
        return new CameraScheme(new Files(List.of(modes)))
                .source("camera:0", SourceOptions.DEFAULTS)
                .open(numbering);
    }

    /** Cameras that are videos in files: one for each way to open. */
    private record Files(List<Path> modes) implements CameraPlatform {
        @Override
        public Optional<String> absence(String device) {
            return Optional.empty();
        }

        @Override
        public List<MediaInput> inputs(String device, CameraMode mode) {
            return modes.stream().map(file -> input(device, file)).toList();
        }

        private static MediaInput input(String device, Path file) {
            return new MediaInput(
                    "camera " + device,
                    "file:" + file,
                    MediaInput.Demuxing.of(Formats.selfContained(), List.of("file")),
                    MediaInput.Timing.DEVICE,
                    Limits.LIVE,
                    Deinterlace.AUTO);
        }
    }
}
