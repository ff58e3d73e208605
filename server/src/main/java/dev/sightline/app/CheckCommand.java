package dev.sightline.app;

import dev.sightline.app.configuration.Additions;
import dev.sightline.app.configuration.ConfigFile;
import dev.sightline.app.configuration.JudgedConfig;
import dev.sightline.app.configuration.Written;
import dev.sightline.config.ConfigException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sightline check FILE}: checks a configuration without starting anything. */
@Command(name = "check", description = "Say what is wrong with a configuration, if anything is.")
final class CheckCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The configuration; sightline.yml if none is named.")
    private @Nullable Path file;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Path read = Optional.<@Nullable Path>ofNullable(file)
                .or(() -> ConfigFile.find(Path.of("")))
                .orElseThrow(() -> new ConfigException("there is no sightline.yml here; name the file: check FILE"));
        ConfigFile checked = ConfigFile.read(read);
        Written written = checked.written();
        JudgedConfig judged = JudgedConfig.of(checked.config(), written, Additions.none());
        judged.tryProcessors(written);
        Listening.refuseForeignHost(checked.config().http(), written);
        written.problems().throwIfAny();
        PrintWriter out = CommandLines.out(spec);
        out.println(read + " is fine: "
                + (checked.config().streams().isEmpty()
                        ? "no streams"
                        : String.join(", ", checked.config().streams().keySet())));
        judged.absences().forEach(reason -> out.println("At present " + reason));
        Listening.taken(checked.config().http()).ifPresent(out::println);
        return 0;
    }
}
