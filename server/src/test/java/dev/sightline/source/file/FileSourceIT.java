package dev.sightline.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.frame.CaptureClock;
import dev.sightline.frame.Codec;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.frame.Picture;
import dev.sightline.source.Numbering;
import dev.sightline.source.SourceOptions;
import dev.sightline.source.SourceOptions.Deinterlace;
import dev.sightline.source.SourceOptions.RtspTransport;
import dev.sightline.source.SourceReader;
import dev.sightline.source.pattern.PatternPainter;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.FfmpegProgram;
import dev.sightline.testkit.PatternNumber;
import dev.sightline.testkit.ProcessWatch;
import dev.sightline.testkit.VideoFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.stream.LongStream;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileSourceIT {
    @TempDir
    private Path folder;

    private final Numbering numbering = new Numbering(CaptureClock.system());

    @ParameterizedTest
    @CsvSource({
        "h264.mp4, libopenh264",
        "h264.mkv, libopenh264",
        "h264.ts, libopenh264",
        "mpeg4.avi, mpeg4",
        "vp9.webm, libvpx-vp9",
        "vp8.webm, libvpx",
        "av1.mp4, libsvtav1",
        "jpeg.avi, mjpeg",
        "jpeg.mov, mjpeg",
        "jpeg.mjpeg, mjpeg",
        "raw.h264, libopenh264"
    })
    void read_toTheEnd_givesEveryPictureOnceInOrder(String name, String encoder) throws Exception {
        Path file = VideoFiles.pattern(folder.resolve(name), encoder, 320, 240, 100, 20);
        assertThat(numbers(file.toString(), false, 100))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 20).boxed().toList());
    }

    @Test
    void read_decoded_hasTheColoursThatWerePainted() throws Exception {
        Path file = VideoFiles.pattern(folder.resolve("colours.mp4"), "libopenh264", 640, 480, 30, 3);
        try (SourceReader reader = open(file.toString(), false);
                Frame frame = (Frame) reader.read().orElseThrow();
                PatternPainter painter = new PatternPainter(640, 480, 30);
                Mat painted = painter.paint(1, 0)) {
            assertThat(opencv_core.PSNR(frame.mat(), painted)).isGreaterThan(32);
        }
    }

    @Test
    void read_looped_goesOnWithoutGapInTimeOrNumber() throws Exception {
        Path file = VideoFiles.pattern(folder.resolve("loop.mp4"), "libopenh264", 160, 120, 100, 5);
        try (SourceReader reader = open(file.toString(), true)) {
            long due = 0;
            for (int i = 0; i < 40; i++) {
                Picture picture = reader.read().orElseThrow();
                assertThat(picture.seq()).isEqualTo(i + 1);
                assertThat(number(picture)).isEqualTo(i % 5 + 1);
                if (i > 0) {
                    assertThat(picture.captureNanos()).isEqualTo(due);
                }
                due = picture.captureNanos() + 10_000_000;
            }
        }
    }

    @Test
    void read_sizeChangesMidStream_goesOnInTheNewSize() throws Exception {
        for (String[] kind : new String[][] {{"mjpeg", "mjpeg"}, {"h264", "libopenh264"}}) {
            Path small = VideoFiles.pattern(folder.resolve("small." + kind[0]), kind[1], 160, 120, 100, 20);
            Path large = VideoFiles.pattern(folder.resolve("large." + kind[0]), kind[1], 320, 200, 100, 20);
            Path both = folder.resolve("both." + kind[0]);
            Files.write(both, Files.readAllBytes(small));
            Files.write(both, Files.readAllBytes(large), StandardOpenOption.APPEND);
            assertThat(sizes(both)).as(kind[0]).containsExactly("160x120 x20", "320x200 x20");
        }
    }

    @ParameterizedTest
    @CsvSource({"90", "180", "270"})
    void read_filmedWithThePhoneTurned_isUpright(int rotation) throws Exception {
        Path file = VideoFiles.pattern(folder.resolve("phone.mp4"), "libopenh264", 320, 240, 30, 2);
        Mp4Rotation.set(file, rotation);
        try (SourceReader reader = open(file.toString(), false);
                Frame frame = (Frame) reader.read().orElseThrow()) {
            assertThat(frame.width()).isEqualTo(rotation == 180 ? 320 : 240);
            int back = switch (rotation) {
                case 90 -> opencv_core.ROTATE_90_COUNTERCLOCKWISE;
                case 180 -> opencv_core.ROTATE_180;
                default -> opencv_core.ROTATE_90_CLOCKWISE;
            };
            opencv_core.rotate(frame.mat(), frame.mat(), back);
            assertThat(PatternNumber.read(frame.mat())).hasValue(1);
        }
    }

    @Test
    void read_animation_showsItsLastPictureAsLongAsItSays() throws Exception {
        Map<String, String> endings = Map.of("a.gif", "-final_delay 70", "a.apng", "-plays 0 -final_delay 7/10");
        for (String name : endings.keySet()) {
            Path file = FfmpegProgram.make(
                    folder.resolve(name), "-f lavfi -i testsrc=size=64x48:rate=10:duration=0.3 " + endings.get(name));
            List<Long> steps = new ArrayList<>();
            try (SourceReader reader = open(file.toString(), true)) {
                long last = 0;
                for (int i = 0; i < 7; i++) {
                    try (Frame frame = (Frame) reader.read().orElseThrow()) {
                        steps.add(Math.round((frame.captureNanos() - last) / 1e6));
                        last = frame.captureNanos();
                    }
                }
            }
            assertThat(steps.subList(1, 7)).as(name).containsExactly(100L, 100L, 700L, 100L, 100L, 700L);
        }
    }

    @Test
    void read_pictureThatIsNotDueYet_isARest() throws Exception {
        Path file = VideoFiles.pattern(folder.resolve("slow.mp4"), "libopenh264", 160, 120, 1, 3);
        try (SourceReader reader = open(file.toString(), true)) {
            number(reader.read().orElseThrow());
            assertThat(reader.isResting()).isFalse();
            FutureTask<Optional<Picture>> second = new FutureTask<>(reader::read);
            new Thread(second).start();
            Await.until("it rests", reader::isResting);
            number(second.get().orElseThrow());
            assertThat(reader.isResting()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"2/1, 640, 240", "8/9, 320, 270", "1/1, 320, 240"})
    void read_pixelsThatAreNotSquare_areMadeSquare(String shape, int width, int height) throws Exception {
        for (String kind : List.of("a.mp4 -c:v libopenh264", "a.avi -c:v mjpeg", "a.mkv -c:v ffv1")) {
            String[] parts = kind.split(" ", 2);
            Path file = FfmpegProgram.make(
                    folder.resolve(parts[0]),
                    "-f lavfi -i testsrc2=size=320x240:rate=10:duration=0.2 -vf setsar=" + shape + " -pix_fmt yuv420p "
                            + parts[1]);
            assertThat(sizes(file)).as(kind).containsExactly(width + "x" + height + " x2");
        }
    }

    @Test
    void read_still_isShownAgainAndAgainAndSeesItsReplacement() throws Exception {
        for (String name : List.of("still.png", "still.jpg")) {
            Path file = folder.resolve(name);
            writeStill(file, 1);
            try (SourceReader reader = open(file.toString(), true)) {
                Picture first = reader.read().orElseThrow();
                Picture second = reader.read().orElseThrow();
                assertThat(second.captureNanos() - first.captureNanos()).isEqualTo(200_000_000);
                assertThat(List.of(number(first), number(second))).containsExactly(1L, 1L);
                writeStill(file, 2);
                assertThat(number(reader.read().orElseThrow())).isEqualTo(2);
            }
            assertThat(numbers(file.toString(), false, 10)).containsExactly(2L);
        }
    }

    @Test
    void read_interruptedWhilePacing_endsTheWait() throws Exception {
        Path file = VideoFiles.pattern(folder.resolve("slow.mp4"), "libopenh264", 160, 120, 1, 3);
        try (SourceReader reader = open(file.toString(), true)) {
            number(reader.read().orElseThrow());
            Thread.currentThread().interrupt();
            assertThatThrownBy(reader::read).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void open_manyRounds_leavesNoMemoryBehind() throws Exception {
        Path file = VideoFiles.pattern(folder.resolve("memory.mp4"), "libopenh264", 640, 480, 240, 5);
        Path jpeg = VideoFiles.pattern(folder.resolve("memory.avi"), "mjpeg", 640, 480, 240, 5);
        for (int i = 0; i < 5; i++) {
            numbers(file.toString(), false, 100);
            numbers(jpeg.toString(), false, 100);
        }
        int descriptors = ProcessWatch.fileDescriptors();
        long before = ProcessWatch.nativeBytes();
        try (SourceReader reader = open(file.toString(), true)) {
            for (int i = 0; i < 40 * 5; i++) {
                number(reader.read().orElseThrow());
            }
        }
        for (int i = 0; i < 40; i++) {
            numbers(file.toString(), false, 100);
            numbers(jpeg.toString(), false, 100);
        }
        // A decoder left behind each time is some 120 MB.
        assertThat(ProcessWatch.nativeBytes() - before).isLessThan(20_000_000);
        // What earlier tests left to be closed may be closed meanwhile.
        assertThat(ProcessWatch.fileDescriptors()).isLessThanOrEqualTo(descriptors);
    }

    private List<String> sizes(Path file) throws Exception {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        try (SourceReader reader = open(file.toString(), false)) {
            for (Optional<Picture> read = reader.read(); read.isPresent(); read = reader.read()) {
                Picture picture = read.get();
                sizes.merge(picture.width() + "x" + picture.height(), 1, Integer::sum);
                number(picture);
            }
        }
        return sizes.entrySet().stream()
                .map(entry -> entry.getKey() + " x" + entry.getValue())
                .toList();
    }

    private static void writeStill(Path file, long number) {
        try (PatternPainter painter = new PatternPainter(320, 240, 1);
                Mat picture = painter.paint(number, 0)) {
            opencv_imgcodecs.imwrite(file.toString(), picture);
        }
    }

    private List<Long> numbers(String address, boolean loop, int most) throws Exception {
        List<Long> numbers = new ArrayList<>();
        try (SourceReader reader = open(address, loop)) {
            for (Optional<Picture> picture = reader.read();
                    picture.isPresent() && numbers.size() < most;
                    picture = reader.read()) {
                numbers.add(number(picture.get()));
            }
        }
        return numbers;
    }

    private static long number(Picture picture) {
        if (picture instanceof EncodedFrame encoded) {
            assertThat(encoded.codec()).isEqualTo(Codec.MJPEG);
            return PatternNumber.readJpeg(encoded.data()).orElse(-1);
        }
        try (Frame frame = (Frame) picture) {
            return PatternNumber.read(frame.mat()).orElse(-1);
        }
    }

    private SourceReader open(String address, boolean loop) throws Exception {
        SourceOptions options = new SourceOptions(loop, RtspTransport.TCP, Deinterlace.AUTO);
        return new FileScheme().source(address, options).open(numbering);
    }
}
