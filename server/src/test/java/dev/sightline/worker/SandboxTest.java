package dev.sightline.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What bubblewrap is asked for. */
class SandboxTest {
    private static final Path OWN = Path.of("/run/own");
    private static final WorkerLaunch LAUNCH = new WorkerLaunch(
            new WorkerLaunch.Java(Path.of("/opt/java"), List.of(), "/opt/lib/a.jar", "Main"),
            "Body",
            Map.of(),
            new WorkerLaunch.Folders(Path.of("/run"), Path.of("/var/crashes"), Set.of(), Set.of()),
            true);

    private final Sandbox sandbox = new Sandbox(Path.of("/usr/bin/bwrap"), LAUNCH, Path.of("/home/me"));

    private String prefix(Confinement confinement) {
        return String.join(" ", sandbox.prefix(confinement, OWN));
    }

    @Test
    void prefix_strict_hasNeitherNetworkNorDevices() {
        assertThat(prefix(Confinement.STRICT))
                .contains("--unshare-all", "--dev /dev", "--bind /run/own /run/own")
                .doesNotContain("--share-net", "--dev-bind /dev /dev");
    }

    @Test
    void prefix_devices_areThoseOfTheComputer_alsoLaterOnes() {
        assertThat(prefix(new Confinement(false, true, Set.of())))
                .contains("--dev-bind /dev /dev")
                .doesNotContain("--share-net", "--dev /dev");
    }

    @Test
    void prefix_network_hasItAndNoDevices() {
        assertThat(prefix(new Confinement(true, Set.of(Path.of("/home/me/clips")))))
                .contains("--share-net", "--ro-bind-try /home/me/clips /home/me/clips")
                .doesNotContain("--dev-bind /dev /dev");
    }

    @Test
    void suits_moreThanWasAskedFor_isForFilesOnly() {
        Confinement files = new Confinement(false, Set.of(OWN));
        Confinement devices = new Confinement(false, true, Set.of());

        assertThat(files.suits(Confinement.STRICT)).isTrue();
        assertThat(devices.suits(Confinement.STRICT)).isFalse();
        assertThat(files.suits(devices)).isFalse();
        assertThat(files.and(devices)).isEqualTo(new Confinement(false, true, Set.of(OWN)));
    }
}
