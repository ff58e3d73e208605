package dev.sightline.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sightline.frame.CaptureClock;
import dev.sightline.frame.Frame;
import dev.sightline.frame.Picture;
import dev.sightline.source.Numbering;
import dev.sightline.source.SourceException;
import dev.sightline.source.SourceOptions;
import dev.sightline.source.SourceReader;
import dev.sightline.testkit.VideoFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few bytes of a header announce gigabytes. */
class AnnouncedSizesIT {
    private static final long MOST_MEMORY = 500 << 20;

    @TempDir
    private Path folder;

    @BeforeEach
    void onLinux() {
        assumeTrue(Files.isWritable(Path.of("/proc/self/clear_refs")));
    }

    @Test
    void open_sampleTableOfFortyMillion_takesNoMemoryForIt() throws Exception {
        Path file = VideoFiles.pattern(folder.resolve("a.mp4"), "libopenh264", 320, 240, 50, 20);
        patch(file, "stsz", 8, 1);
        patch(file, "stsz", 12, 40_000_000);
        patch(file, "stsc", 16, 40_000_000);
        assertThat(growthWhile(() -> readAll(file))).isLessThan(MOST_MEMORY);
    }

    /** Changes a number at a place behind a box's name. */
    private static void patch(Path file, String box, int place, int number) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(box);
        ByteBuffer.wrap(bytes).putInt(at + place, number);
        Files.write(file, bytes);
    }

    private static void readAll(Path file) throws InterruptedException {
        try (SourceReader reader = new FileScheme()
                .source("file:" + file, SourceOptions.DEFAULTS)
                .open(new Numbering(CaptureClock.system()))) {
            Optional<Picture> picture = reader.read();
            picture.ifPresent(each -> ((Frame) each).close());
        } catch (SourceException refused) {
            // That is as good.
        }
    }

    private static long growthWhile(Work work) throws Exception {
        // Sets the peak back to what there is (proc(5)).
        Files.writeString(Path.of("/proc/self/clear_refs"), "5");
        long before = peak();
        work.run();
        return peak() - before;
    }

    private static long peak() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }

    /** Something that takes memory. */
    private interface Work {
        void run() throws Exception;
    }
}
