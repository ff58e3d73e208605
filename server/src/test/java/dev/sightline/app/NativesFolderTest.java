package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS)
class NativesFolderTest {
    private static final int NOBODY = 65_534;

    @TempDir
    private Path home;

    private Path own;

    @BeforeEach
    void name() {
        own = home.resolve(".cache/sightline/natives");
    }

    @Test
    void ownOrFresh_noFolderYet_isMadeForItsOwnerAlone_andUsedAgain() throws Exception {
        assertThat(NativesFolder.ownOrFresh(own)).isEqualTo(own);
        assertThat(permissions(own)).isEqualTo("rwx------");
        assertThat(permissions(own.getParent())).isEqualTo("rwx------");
        Files.writeString(own.resolve("library.so"), "there");
        assertThat(NativesFolder.ownOrFresh(own)).isEqualTo(own);
        assertThat(own).isDirectoryContaining("glob:**/library.so");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwxr-x", "rwxr-xrwx"})
    void ownOrFresh_othersMayWriteToIt_isAFreshOneForItsOwnerAlone(String permissions) throws Exception {
        Files.createDirectories(own);
        permit(own, permissions);
        assertFresh(NativesFolder.ownOrFresh(own));
        assertThatThrownBy(() -> NativesFolder.named(own))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(
                        "others may write to it; name a folder that only this user can change by -Dorg.bytedeco");
    }

    /** Whoever may write above it can put a folder of his own there. */
    @Test
    void ownOrFresh_anybodyMayWriteAboveIt_isAFreshOne() throws Exception {
        Files.createDirectories(own);
        permit(home, "rwxrwxrwx");
        assertFresh(NativesFolder.ownOrFresh(own));
    }

    @Test
    void ownOrFresh_anothersFolder_isAFreshOne() throws Exception {
        Files.createDirectories(own);
        assumeTrue("root".equals(Files.getOwner(own).getName()), "only root can give folders away");
        Files.setAttribute(own, "unix:uid", NOBODY);
        assertFresh(NativesFolder.ownOrFresh(own));
        Files.setAttribute(own, "unix:uid", 0);
        Files.setAttribute(own.getParent(), "unix:uid", NOBODY);
        assertFresh(NativesFolder.ownOrFresh(own));
    }

    @Test
    void ownOrFresh_noHome_isAFreshOne_eachTimeAnother() throws Exception {
        Path nowhere = Path.of("?/.cache/sightline/natives");
        assertFresh(NativesFolder.ownOrFresh(nowhere));
        assertThat(NativesFolder.ownOrFresh(nowhere)).isNotEqualTo(NativesFolder.ownOrFresh(nowhere));
        assertThat(Path.of("?")).doesNotExist();
    }

    @Test
    void named_aFile_isRefused() throws Exception {
        Path file = Files.createFile(home.resolve("file"));
        assertThatThrownBy(() -> NativesFolder.named(file)).hasMessageContaining("'" + file + "' cannot be written to");
        assertThatThrownBy(() -> NativesFolder.named(file.resolve("below")))
                .hasMessageContaining("cannot be written to");
    }

    private void assertFresh(Path folder) throws IOException {
        assertThat(folder).isNotEqualTo(own).isEmptyDirectory();
        assertThat(permissions(folder)).isEqualTo("rwx------");
    }

    private static String permissions(Path folder) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
    }

    private static void permit(Path folder, String permissions) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
    }
}
