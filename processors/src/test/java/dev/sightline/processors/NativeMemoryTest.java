package dev.sightline.processors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.frame.Frame;
import dev.sightline.processor.FrameProcessor;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That processors free what they allocate, without waiting for the garbage collector. */
class NativeMemoryTest {
    private static final int PICTURES = 500;

    @ParameterizedTest
    @CsvSource({
        "resize:width=200",
        "crop:x=0.1",
        "flip",
        "rotate",
        "rotate:degrees=10",
        "grayscale",
        "blur",
        "edges",
        "clock",
        "text:text=hello",
        "motion",
        "faces",
        "pixelate-faces"
    })
    void process_ofManyPictures_leavesNothingBehind(String shorthand) throws Exception {
        try (Mat picture = Pictures.portraitWithin(256, 256, 256, 0, 0);
                FrameProcessor processor = BuiltIns.processor(shorthand)) {
            for (int warmUp = 0; warmUp < 20; warmUp++) {
                process(processor, picture);
            }
            long countBefore = Pointer.totalCount();
            long bytesBefore = Pointer.totalBytes();
            for (int number = 0; number < PICTURES; number++) {
                process(processor, picture);
            }
            assertThat(Pointer.totalCount() - countBefore).isLessThan(PICTURES / 10);
            assertThat(Pointer.totalBytes() - bytesBefore).isLessThan(1_000_000);
        }
    }

    private static void process(FrameProcessor processor, Mat picture) throws Exception {
        try (Frame frame = Pictures.frame(picture.clone())) {
            Pictures.step(frame, processor);
        }
    }
}
