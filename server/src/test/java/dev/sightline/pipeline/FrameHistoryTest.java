package dev.sightline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.frame.Metadata;
import dev.sightline.frame.PixelFormat;
import dev.sightline.testkit.Pictures;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FrameHistoryTest {
    private static final int BYTES = 40 * 30 * 3;

    private final AtomicLong now = new AtomicLong();
    private final MemoryBudget images = new MemoryBudget(1_000, 1_500);
    private final MemoryBudget copies = new MemoryBudget(5 * BYTES, 7 * BYTES);
    private final FrameHistory history = new FrameHistory(now::get, images, copies);

    @AfterEach
    void close() {
        history.close();
        assertThat(images.taken()).isZero();
        assertThat(copies.taken()).isZero();
    }

    @Test
    void lend_changedSince_givesTheFrameAsItWas() {
        try (Frame frame = frame(7, 10)) {
            frame.metadata().put("before", true);
            history.keep(frame, Optional.empty());
            frame.mat().put(Scalar.all(255));
            frame.metadata().put("after", true);
        }
        try (Frame shown = lent(7).orElseThrow()) {
            assertThat(Pictures.brightness(shown.mat())).isCloseTo(10, within(0.1));
            assertThat(shown.metadata().values()).containsOnlyKeys("before");
            assertThat(shown.seq()).isEqualTo(7);
            shown.mat().put(Scalar.all(255));
        }
        try (Frame again = lent(7).orElseThrow()) {
            assertThat(Pictures.brightness(again.mat())).isCloseTo(10, within(0.1));
        }
        assertThat(lent(6)).isEmpty();
    }

    @Test
    void lend_unchangedImage_isDecodedAgainAndNotCopied() {
        EncodedFrame image = image(3, 900);
        try (Frame frame = frame(3, 10)) {
            frame.metadata().put("found", 1);
            history.keep(frame, Optional.of(image));
        }
        assertThat(copies.taken()).isZero();
        assertThat(images.taken()).isEqualTo(900);
        try (Frame shown = history.lend(3, (encoded, format) -> {
                    assertThat(encoded.data()).isEqualTo(image.data());
                    assertThat(format).isEqualTo(PixelFormat.BGR);
                    return frame(encoded.seq(), 99);
                })
                .orElseThrow()) {
            assertThat(Pictures.brightness(shown.mat())).isCloseTo(99, within(0.1));
            assertThat(shown.metadata().values()).containsOnlyKeys("found");
        }
    }

    @Test
    void expire_after2Seconds_freesWhatIsOlder() {
        keep(1);
        pass(Duration.ofMillis(1_500));
        keep(2);
        pass(Duration.ofMillis(500));
        assertThat(isKept(1)).isTrue();

        now.incrementAndGet();
        history.expire();

        assertThat(copies.taken()).isEqualTo(BYTES);
        assertThat(isKept(1)).isFalse();
        assertThat(isKept(2)).isTrue();
    }

    @Test
    void lend_after2SecondsWithoutFrames_givesNone() {
        keep(1);
        pass(Duration.ofMillis(2_001));

        assertThat(isKept(1)).isFalse();
    }

    @Test
    void keep_moreThanOneMayHave_dropsTheOldest() {
        for (int seq = 1; seq <= 8; seq++) {
            keep(seq);
        }
        assertThat(history.size()).isEqualTo(5);
        assertThat(isKept(3)).isFalse();
        assertThat(isKept(4)).isTrue();
        assertThat(copies.taken()).isEqualTo(5 * BYTES);
    }

    @Test
    void keep_moreThanAllMayHave_dropsItsOwn() {
        try (FrameHistory other = new FrameHistory(now::get, images, copies)) {
            for (int seq = 1; seq <= 5; seq++) {
                keep(seq);
                try (Frame frame = frame(seq, 10)) {
                    other.keep(frame, Optional.empty());
                }
            }
            assertThat(history.size() + other.size()).isEqualTo(7);
        }
    }

    @Test
    void keep_imageLargerThanAllThatMayBe_isLeftOut() {
        try (Frame frame = frame(1, 10)) {
            history.keep(frame, Optional.of(image(1, 1_001)));
        }
        assertThat(history.size()).isZero();
        assertThat(images.taken()).isZero();
    }

    @Test
    void keep_closed_keepsNothing() {
        keep(1);
        history.close();
        assertThat(copies.taken()).isZero();

        keep(2);

        assertThat(history.size()).isZero();
    }

    private void keep(long seq) {
        try (Frame frame = frame(seq, 10)) {
            history.keep(frame, Optional.empty());
        }
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private boolean isKept(long seq) {
        Optional<Frame> frame = lent(seq);
        frame.ifPresent(Frame::close);
        return frame.isPresent();
    }

    private Optional<Frame> lent(long seq) {
        return history.lend(seq, (image, format) -> {
            throw new AssertionError("nothing is to be decoded");
        });
    }

    private static Frame frame(long seq, int brightness) {
        return new Frame(seq, seq, new Mat(30, 40, opencv_core.CV_8UC3, Scalar.all(brightness)));
    }

    private static EncodedFrame image(long seq, int bytes) {
        return EncodedFrame.mjpeg(new byte[bytes], 40, 30, seq, seq, Metadata.EMPTY);
    }
}
