package dev.sightline.app.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompiledCacheTest {
    private static final String OF_SERVER = "sightline.compiled";

    @TempDir
    private Path cache;

    @AfterEach
    void asTheServer() {
        System.clearProperty(OF_SERVER);
    }

    /** The property as a worker's JVM is given it. */
    private void asAWorker() {
        String option = CompiledCache.option(cache);
        assertThat(option).startsWith("-D" + OF_SERVER + "=");
        System.setProperty(OF_SERVER, option.substring(option.indexOf('=') + 1));
    }

    @Test
    void compile_inAWorker_takesWhatTheServerCompiled() throws IOException {
        Path source =
                Files.writeString(cache.resolve("Once.java"), "class Once { long made = " + System.nanoTime() + "L; }");
        Path own = SourceFile.of(source).compile();
        Path ofServer = Files.createDirectories(cache.resolve(own.getFileName()));

        assertThat(SourceFile.of(source).compile()).isEqualTo(own);
        asAWorker();
        assertThat(SourceFile.of(source).compile()).isEqualTo(ofServer);
    }

    @Test
    void copyOf_inAWorker_takesTheServersCopy() throws IOException {
        Path jar = Files.writeString(cache.resolve("a.jar"), "made " + System.nanoTime());
        Path own = CompiledCache.copyOf(jar);
        Path ofServer = Files.createDirectories(cache.resolve(own.getParent().getFileName()))
                .resolve("a.jar");
        asAWorker();
        assertThat(CompiledCache.copyOf(jar)).as("the server has none").isEqualTo(own);

        Files.copy(own, ofServer);
        assertThat(CompiledCache.copyOf(jar)).isEqualTo(ofServer);
    }

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
