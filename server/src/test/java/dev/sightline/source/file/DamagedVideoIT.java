package dev.sightline.source.file;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.frame.CaptureClock;
import dev.sightline.source.Numbering;
import dev.sightline.source.SourceException;
import dev.sightline.source.SourceOptions;
import dev.sightline.source.SourceReader;
import dev.sightline.testkit.VideoFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A video whose container is whole, and none of whose pictures is. */
class DamagedVideoIT {
    private static final int MORE_THAN_ARE_BORNE = 320;

    @TempDir
    private Path folder;

    @Test
    void read_300DamagedPacketsInARow_isTheEnd() throws Exception {
        Path file = VideoFiles.pattern(folder.resolve("a.mp4"), "mjpeg", 160, 120, 1000, MORE_THAN_ARE_BORNE);
        byte[] video = Files.readAllBytes(file);
        String text = new String(video, StandardCharsets.ISO_8859_1);
        Arrays.fill(video, text.indexOf("mdat") + 4, text.indexOf("moov") - 4, (byte) 0xA5);
        Files.write(file, video);

        assertThatThrownBy(() -> {
                    try (SourceReader reader = new FileScheme()
                            .source(file.toString(), SourceOptions.DEFAULTS)
                            .open(new Numbering(CaptureClock.system()))) {
                        reader.read();
                    }
                })
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("300 damaged packets in a row");
    }
}
