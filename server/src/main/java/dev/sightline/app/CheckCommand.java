package dev.sightline.app;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sightline check FILE}: judges a configuration without starting anything. */
@Command(name = "check", description = "Say what is wrong with a configuration, if anything is.")
final class CheckCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The configuration.")
    private Path file = Path.of("sightline.yml");

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        SightlineConfig config = ConfigFile.read(file);
        Path parent = file.toAbsolutePath().getParent();
        Composition.of(config, parent == null ? Path.of("") : parent, Additions.none());
        if (spec != null) {
            spec.commandLine()
                    .getOut()
                    .println(file + " is fine: "
                            + (config.streams().isEmpty()
                                    ? "no streams"
                                    : String.join(", ", config.streams().keySet())));
        }
        return 0;
    }
}
