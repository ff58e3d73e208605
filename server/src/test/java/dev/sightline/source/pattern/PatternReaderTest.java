package dev.sightline.source.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.frame.Box;
import dev.sightline.frame.CaptureClock;
import dev.sightline.frame.Frame;
import dev.sightline.source.Numbering;
import dev.sightline.source.SourceOptions;
import dev.sightline.source.SourceReader;
import dev.sightline.testkit.PatternNumber;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;

class PatternReaderTest {
    private final Numbering numbering = new Numbering(CaptureClock.system());

    @Test
    void read_thirtyPictures_areNumberedWithoutGapsAndSpacedExactly() throws Exception {
        List<Long> times = new ArrayList<>();
        try (SourceReader reader = open("pattern:160x120@200")) {
            for (long expected = 1; expected <= 30; expected++) {
                try (Frame frame = (Frame) reader.read().orElseThrow()) {
                    assertThat(frame.seq()).isEqualTo(expected);
                    assertThat(PatternNumber.read(frame.mat())).hasValue(expected);
                    assertThat(frame.captureNanos())
                            .isLessThanOrEqualTo(CaptureClock.system().nanos());
                    times.add(frame.captureNanos());
                }
            }
        }
        for (int i = 1; i < times.size(); i++) {
            long intervals = Math.round((times.get(i) - times.get(i - 1)) / 5e6);
            assertThat(intervals).isPositive();
            assertThat(times.get(i) - times.get(i - 1)).isBetween(intervals * 5_000_000 - 1, intervals * 5_000_000 + 1);
        }
    }

    @Test
    void open_again_goesOnCounting() throws Exception {
        for (long expected = 1; expected <= 2; expected++) {
            try (SourceReader reader = open("pattern:16x16@240");
                    Frame frame = (Frame) reader.read().orElseThrow()) {
                assertThat(frame.seq()).isEqualTo(expected);
            }
        }
    }

    @Test
    void read_interrupted_endsTheWait() throws Exception {
        try (SourceReader reader = open("pattern:16x16@1")) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(reader::read).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void marker_everyNumber_isTheBrightestPlaceInsideThePicture() {
        try (PatternPainter painter = new PatternPainter(640, 480, 30)) {
            for (long number = 1; number <= 180; number++) {
                try (Mat picture = painter.paint(number, 0)) {
                    Box box = painter.marker(number);
                    assertThat(box.clipped().orElseThrow().overlap(box)).isGreaterThan(0.999);
                    ByteBuffer pixels = picture.createBuffer();
                    int x = (int) ((box.x() + box.width() / 2) * 640);
                    int y = (int) ((box.y() + box.height() / 2) * 480);
                    assertThat(pixels.get((y * 640 + x) * 3 + 1) & 0xFF).isGreaterThan(240);
                }
            }
        }
    }

    private SourceReader open(String address) throws Exception {
        return new PatternScheme().source(address, SourceOptions.DEFAULTS).open(numbering);
    }
}
