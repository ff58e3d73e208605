package dev.sightline.app.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataFolderTest {
    private static final Path HOME = Path.of("/home/ann");

    @Test
    void cacheOf_eachSystem_isWhereItKeepsWhatCanBeMadeAgain() {
        assertThat(DataFolder.cacheOf("Linux", HOME, Map.of())).isEqualTo(HOME.resolve(".cache/sightline"));
        assertThat(DataFolder.cacheOf("Linux", HOME, Map.of("XDG_CACHE_HOME", "/cache")))
                .isEqualTo(Path.of("/cache/sightline"));
        assertThat(DataFolder.cacheOf("Mac OS X", HOME, Map.of())).isEqualTo(HOME.resolve("Library/Caches/sightline"));
        assertThat(DataFolder.cacheOf("Windows 11", HOME, Map.of()))
                .isEqualTo(HOME.resolve("AppData/Local/sightline/cache"));
    }

    @Test
    void of_eachSystem_isWhereItKeepsSuchThings() {
        assertThat(DataFolder.of("Linux", HOME, Map.of())).isEqualTo(HOME.resolve(".local/share/sightline"));
        assertThat(DataFolder.of("Linux", HOME, Map.of("XDG_DATA_HOME", "/data")))
                .isEqualTo(Path.of("/data/sightline"));
        assertThat(DataFolder.of("Linux", HOME, Map.of("XDG_DATA_HOME", "here")))
                .isEqualTo(HOME.resolve(".local/share/sightline"));
        assertThat(DataFolder.of("Mac OS X", HOME, Map.of()))
                .isEqualTo(HOME.resolve("Library/Application Support/sightline"));
        assertThat(DataFolder.of("Windows 11", HOME, Map.of())).isEqualTo(HOME.resolve("AppData/Local/sightline"));
    }
}
