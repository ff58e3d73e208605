package dev.sightline.app.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompiledCacheTest {
    @TempDir
    private Path cache;

    @Test
    void used_moreThanTheLimit_removesTheOldest() throws IOException {
        for (int i = 0; i < CompiledCache.MOST + 3; i++) {
            Path folder = Files.createDirectories(cache.resolve("version" + i));
            Files.writeString(folder.resolve("A.class"), "x");
            Files.setLastModifiedTime(folder, FileTime.from(Instant.ofEpochSecond(1_000 + i)));
        }

        CompiledCache.used(cache.resolve("version0"));

        try (Stream<Path> left = Files.list(cache)) {
            assertThat(left.map(Path::getFileName).map(Path::toString))
                    .hasSize(CompiledCache.MOST)
                    .contains("version0", "version4")
                    .doesNotContain("version1", "version2", "version3");
        }
    }
}
