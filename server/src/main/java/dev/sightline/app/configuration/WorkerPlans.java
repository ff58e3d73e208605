package dev.sightline.app.configuration;

import dev.sightline.config.RecordWriter;
import dev.sightline.processor.ProcessorFactory;
import dev.sightline.source.Source;
import dev.sightline.source.SourceSchemes;
import dev.sightline.stream.RemotePlan;
import dev.sightline.worker.Confinement;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What workers are told of the streams that run in them. */
final class WorkerPlans {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");

    /** Stands for the processes that try sources. */
    private static final String OF_PROBES = "probe";

    /** The keys that are the server's alone. */
    private static final Set<String> OF_THE_SERVER = Set.of("worker", "max-viewers", "socket-io");

    /** The schemes of sources that open no connection. */
    private static final Set<String> OFFLINE = Set.of("pattern", "file", "camera", "publish", "mirror");

    /** The schemes of streams of which strangers make the bytes. */
    private static final Set<String> OF_STRANGERS = Set.of("rtsp", "rtsps", "http", "https", "publish", "mirror");

    private final Optional<String> shared;
    private final List<String> processors;
    private final Map<String, Object> egress;
    private final Path folder;
    private final Collection<? extends ProcessorFactory<?>> ofTheProgram;

    /**
     * Plans the streams of a configuration.
     *
     * @param ofTheProgram processors that workers do not have
     */
    WorkerPlans(SightlineConfig config, Path folder, Collection<? extends ProcessorFactory<?>> ofTheProgram) {
        this.shared = config.workers().sharedWorker();
        this.processors = config.processors().stream()
                .flatMap(name -> UserCode.path(name, folder).stream())
                .map(Path::toString)
                .toList();
        this.egress = RecordWriter.all(config.egress());
        this.folder = folder.toAbsolutePath().normalize();
        this.ofTheProgram = ofTheProgram;
    }

    /**
     * The plan of a stream that knows its worker, if it has one. What names none and cannot run in one stays in the server.
     *
     * @throws IllegalArgumentException if it cannot run in the one that it names; the message says why
     */
    StreamPlan of(StreamPlan plan) {
        Optional<String> named = plan.config().reading().worker();
        if (named.isPresent()) {
            return named.get().equals(StreamConfig.NO_WORKER) ? plan : in(checkName(named.get()), plan, true);
        }
        boolean ofStrangers =
                OF_STRANGERS.contains(SourceSchemes.schemeOf(plan.config().source()));
        return shared.filter(name -> ofStrangers)
                .map(name -> in(name, plan, false))
                .orElse(plan);
    }

    private StreamPlan in(String worker, StreamPlan plan, boolean required) {
        Optional<String> objection = objection(plan);
        if (objection.isPresent() && required) {
            throw new IllegalArgumentException(objection.get() + ": leave worker out");
        }
        return objection.isPresent() ? plan : plan.inWorker(worker, told(plan));
    }

    private RemotePlan told(StreamPlan plan) {
        Map<String, Object> settings = RecordWriter.changed(plan.config());
        settings.keySet().removeAll(OF_THE_SERVER);
        return new RemotePlan(
                settings,
                processors,
                egress,
                folder.toString(),
                plan.source().map(Source::address).orElse(plan.config().source()),
                text -> plan.source().map(source -> source.shown(text)).orElse(text),
                plan.kind() == StreamPlan.Kind.SOURCE ? Optional.empty() : Optional.of(plan.recipe()));
    }

    /** What it must be able to reach: its network, and files beside its configuration. */
    static Confinement needs(StreamConfig stream, RemotePlan told) {
        Path folder = Path.of(told.folder());
        Set<Path> files = new HashSet<>(Set.of(folder));
        told.processors().forEach(file -> files.add(Path.of(file)));
        return reach(stream.source(), folder).and(new Confinement(false, files));
    }

    /**
     * What a source needs to reach: its network, its devices, or its file and what lies beside the configuration.
     *
     * @param folder the configuration's, absolute
     */
    static Confinement reach(String source, Path folder) {
        String scheme = SourceSchemes.schemeOf(source);
        Set<Path> files = new HashSet<>();
        if (scheme.equals("file")) {
            files.add(folder);
            UserCode.path(source.replaceFirst("^file:(//)?", ""), folder).ifPresent(files::add);
        }
        return new Confinement(!OFFLINE.contains(scheme), scheme.equals("camera"), files);
    }

    /**
     * Checks a worker's name.
     *
     * @throws IllegalArgumentException if it cannot be one; the message says why
     */
    static String checkName(String worker) {
        if (!NAME.matcher(worker).matches()) {
            throw new IllegalArgumentException(
                    "'" + worker + "' cannot name a worker: use 1 to 32 of a-z, 0-9 and dashes, or none");
        }
        if (worker.equals(OF_PROBES)) {
            throw new IllegalArgumentException(
                    "'" + worker + "' cannot name a worker: it is the process that tries sources; choose another name");
        }
        return worker;
    }

    /** Why a stream cannot run in a worker. */
    private Optional<String> objection(StreamPlan plan) {
        return plan.processors().stream()
                .filter(step ->
                        ofTheProgram.stream().anyMatch(factory -> factory.name().equals(step.name())))
                .findFirst()
                .map(step -> "processor '" + step.name() + "' is code of the program, which a worker does not have");
    }
}
