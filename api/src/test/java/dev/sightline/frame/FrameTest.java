package dev.sightline.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.Test;

class FrameTest {

    @Test
    void frame_tellsIdentitySizeAndLayout() {
        try (Frame frame = new Frame(7, 8, mat(opencv_core.CV_8UC3, 9))) {
            assertThat(frame.seq()).isEqualTo(7);
            assertThat(frame.captureNanos()).isEqualTo(8);
            assertThat(frame.width()).isEqualTo(6);
            assertThat(frame.height()).isEqualTo(4);
            assertThat(frame.pixelFormat()).isEqualTo(PixelFormat.BGR);
            assertThat(frame.metadata().isEmpty()).isTrue();
        }
    }

    @Test
    void frame_ofAPictureNobodyCanDeliver_isRefused() {
        try (Mat empty = new Mat();
                Mat floats = mat(opencv_core.CV_32FC3, 0);
                Mat withAlpha = mat(opencv_core.CV_8UC4, 0)) {
            for (Mat mat : new Mat[] {empty, floats, withAlpha}) {
                assertThatIllegalArgumentException().isThrownBy(() -> new Frame(1, 1, mat));
            }
        }
    }

    @Test
    void replace_closesTheOldPicture_andKeepsTheIdentity() {
        try (Frame frame = new Frame(7, 8, mat(opencv_core.CV_8UC3, 9))) {
            Mat old = frame.mat();
            frame.replace(mat(opencv_core.CV_8UC1, 5));
            assertThat(old.isNull()).isTrue();
            assertThat(frame.pixelFormat()).isEqualTo(PixelFormat.GRAY);
            assertThat(frame.seq()).isEqualTo(7);
        }
    }

    @Test
    void replace_byItsOwnPicture_keepsIt() {
        try (Frame frame = new Frame(1, 1, mat(opencv_core.CV_8UC3, 9))) {
            frame.replace(frame.mat());
            assertThat(frame.mat().isNull()).isFalse();
        }
    }

    @Test
    void replace_byAnEmptyPicture_isRefused_andTheOldStays() {
        try (Frame frame = new Frame(1, 1, mat(opencv_core.CV_8UC3, 9));
                Mat empty = new Mat()) {
            assertThatIllegalArgumentException().isThrownBy(() -> frame.replace(empty));
            assertThat(frame.width()).isEqualTo(6);
        }
    }

    @Test
    void convert_toGrayAndBack_keepsTheBrightness() {
        try (Frame frame = new Frame(1, 1, mat(opencv_core.CV_8UC3, 100))) {
            Mat colour = frame.mat();
            frame.convert(PixelFormat.BGR);
            assertThat(frame.mat()).isSameAs(colour);
            frame.convert(PixelFormat.GRAY);
            assertThat(frame.mat().channels()).isEqualTo(1);
            frame.convert(PixelFormat.BGR);
            assertThat(frame.mat().channels()).isEqualTo(3);
            assertThat(frame.mat().data().get() & 0xff).isEqualTo(100);
        }
    }

    @Test
    void backup_restoresPictureAndMetadata_howeverOften() {
        try (Frame frame = new Frame(1, 1, mat(opencv_core.CV_8UC3, 100));
                FrameBackup backup = new FrameBackup()) {
            frame.metadata().put("before", true);
            backup.save(frame);
            for (int attempt = 0; attempt < 2; attempt++) {
                frame.metadata().put("after", true);
                frame.replace(mat(opencv_core.CV_8UC1, 5));
                backup.restore(frame);
                assertThat(frame.pixelFormat()).isEqualTo(PixelFormat.BGR);
                assertThat(frame.mat().data().get() & 0xff).isEqualTo(100);
                assertThat(frame.metadata().values()).containsOnlyKeys("before");
            }
        }
    }

    @Test
    void copy_hasItsOwnPixelsAndMetadata() {
        try (Frame frame = new Frame(7, 8, mat(opencv_core.CV_8UC3, 100))) {
            frame.metadata().put("before", true);
            try (Frame copy = frame.copy()) {
                frame.mat().data().put((byte) 5);
                frame.metadata().put("after", true);
                assertThat(copy.mat().data().get()).isEqualTo((byte) 100);
                assertThat(copy.metadata().values()).containsOnlyKeys("before");
                assertThat(copy.seq()).isEqualTo(7);
                assertThat(copy.captureNanos()).isEqualTo(8);
            }
            assertThat(frame.mat().isNull()).isFalse();
        }
    }

    @Test
    void backup_ofMetadataAlone_leavesThePicture() {
        try (Frame frame = new Frame(1, 1, mat(opencv_core.CV_8UC3, 100));
                FrameBackup backup = new FrameBackup()) {
            backup.saveMetadata(frame);
            frame.metadata().add(new Detection("face", 1, new Box(0, 0, 1, 1)));
            frame.mat().data().put((byte) 5);
            backup.restoreMetadata(frame);
            assertThat(frame.metadata().isEmpty()).isTrue();
            assertThat(frame.mat().data().get()).isEqualTo((byte) 5);
        }
    }

    /** Six columns, four rows, every channel of the same value. */
    private static Mat mat(int type, double value) {
        try (Scalar all = Scalar.all(value)) {
            return new Mat(4, 6, type, all);
        }
    }
}
