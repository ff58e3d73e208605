package dev.sightline.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out, by trying, whether workers can be confined on this machine; says once if they cannot. */
final class SandboxProbe {
    private static final Logger LOG = LoggerFactory.getLogger(SandboxProbe.class);
    private static final List<String> PLACES = List.of("/usr/bin/bwrap", "/usr/local/bin/bwrap", "/bin/bwrap");
    private static final int MOST_WORDS = 200;
    private static final int SECONDS = 10;

    private SandboxProbe() {}

    /** The sandbox, if it works here and is wanted. Runs a JVM in it, which takes 0.1 s. */
    static Optional<Sandbox> find(WorkerLaunch launch) {
        if (!launch.confine()) {
            return Optional.empty();
        }
        Optional<Path> program =
                PLACES.stream().map(Path::of).filter(Files::isExecutable).findFirst();
        if (program.isEmpty()) {
            LOG.info("workers are not confined: bubblewrap (bwrap) is not installed");
            return Optional.empty();
        }
        Sandbox sandbox = new Sandbox(program.get(), launch, Path.of(System.getProperty("user.home")));
        Optional<String> objection = objection(sandbox, launch);
        objection.ifPresent(words -> LOG.warn("workers are not confined: bubblewrap does not work here ({})", words));
        return objection.isEmpty() ? Optional.of(sandbox) : Optional.empty();
    }

    private static Optional<String> objection(Sandbox sandbox, WorkerLaunch launch) {
        try {
            Path own = PrivateFolders.makeNew(launch.folders().runtime(), "probe");
            try {
                List<String> command = new ArrayList<>(sandbox.prefix(Confinement.STRICT, own));
                command.addAll(List.of(launch.java().program().toString(), "-XX:TieredStopAtLevel=1", "-version"));
                return run(command);
            } finally {
                PrivateFolders.delete(own);
            }
        } catch (IOException e) {
            return Optional.of(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    private static Optional<String> run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                return Optional.of("it does not end");
            }
            String words = new String(process.getInputStream().readNBytes(MOST_WORDS), StandardCharsets.UTF_8);
            return process.exitValue() == 0
                    ? Optional.empty()
                    : Optional.of(words.strip().replace('\n', ' '));
        } finally {
            process.destroyForcibly();
        }
    }
}
