package dev.sightline.app.configuration;

import dev.sightline.config.ConfigException;
import dev.sightline.config.Nearest;
import dev.sightline.config.Node;
import dev.sightline.config.Place;
import dev.sightline.config.Problems;
import dev.sightline.config.RecordBinder;
import dev.sightline.config.Redaction;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.pipeline.Pipeline.NamedProcessor;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.pipeline.ProcessorCatalog;
import dev.sightline.pipeline.ProcessorDescription;
import dev.sightline.pipeline.ProcessorException;
import dev.sightline.processor.ProcessorFactory;
import dev.sightline.source.EgressRule;
import dev.sightline.source.EgressSettings;
import dev.sightline.source.Source;
import dev.sightline.source.SourceOptions;
import dev.sightline.source.SourceSchemes;
import dev.sightline.source.camera.CameraScheme;
import dev.sightline.source.file.FileScheme;
import dev.sightline.source.http.HttpScheme;
import dev.sightline.source.pattern.PatternScheme;
import dev.sightline.source.rtsp.RtspScheme;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.worker.Confinement;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A configuration that was judged as a whole and is valid; nothing of it is started. */
public final class JudgedConfig {
    private static final SourceSchemes SCHEMES = new SourceSchemes(
            List.of(new PatternScheme(), new FileScheme(), new CameraScheme(), new RtspScheme(), new HttpScheme()),
            StreamPlan.PUSHED);

    private final SightlineConfig config;
    private final Certificates certificates;
    private final Map<String, StreamPlan> streams;
    private final List<ProcessorDescription> processors;

    private JudgedConfig(
            SightlineConfig config,
            Certificates certificates,
            ProcessorCatalog catalog,
            Map<String, StreamPlan> streams) {
        this.config = config;
        this.certificates = certificates;
        this.streams = streams;
        this.processors = catalog.descriptions();
    }

    /**
     * Judges a configuration, without starting anything.
     *
     * @param additions what comes as code
     * @throws ConfigException if anything is invalid; the message lists all problems
     */
    public static JudgedConfig of(SightlineConfig config, Written written, Additions additions) {
        return of(config, written, additions, new UserCode());
    }

    /** The same with the user's code as far as it is loaded already. */
    public static JudgedConfig of(SightlineConfig config, Written written, Additions additions, UserCode code) {
        return of(config, written, additions, code, Preparation.here());
    }

    /** The same; the user's code is run by the preparation. */
    static JudgedConfig of(
            SightlineConfig config, Written written, Additions additions, UserCode code, Preparation preparation) {
        Judgement.of(config, additions.addresses(), written);
        Judge judge = new Judge(config, written, code);
        List<Optional<List<ProcessorFactory<?>>>> files = judge.files(preparation);
        Optional<Certificates> certificates = judge.certificates();
        // Names, descriptions and parameters are the user's code, too.
        return preparation.of(new Preparation.Work<>(
                "sightline-judging",
                "a processor or its parameters",
                List.of(judge.judgedCode(additions)),
                () -> planned(
                        config,
                        written,
                        judge.catalog(additions, files),
                        new WorkerPlans(config, written.folder(), additions.processors()),
                        certificates),
                late -> {}));
    }

    private static JudgedConfig planned(
            SightlineConfig config,
            Written written,
            ProcessorCatalog catalog,
            WorkerPlans workers,
            Optional<Certificates> certificates) {
        Map<String, StreamPlan> streams = new LinkedHashMap<>();
        config.streams()
                .forEach((name, stream) -> plan(name, stream, config, written, catalog, workers)
                        .ifPresent(plan -> streams.put(name, plan)));
        profiles(config, written, catalog, workers);
        written.problems().throwIfAny();
        return new JudgedConfig(config, certificates.orElseThrow(), catalog, streams);
    }

    /** What was judged. */
    public SightlineConfig config() {
        return config;
    }

    /** The certificate that it names. */
    public Certificates certificates() {
        return certificates;
    }

    /** The processors that its streams may name. */
    public List<ProcessorDescription> processors() {
        return processors;
    }

    /** The streams to start, by name, in order. */
    Map<String, StreamPlan> streams() {
        return streams;
    }

    /** What each worker must be able to reach, by its name. */
    public Map<String, Confinement> workerNeeds() {
        Map<String, Confinement> needs = new LinkedHashMap<>();
        streams.values()
                .forEach(plan -> plan.remote()
                        .ifPresent(place -> needs.merge(
                                place.worker(), WorkerPlans.needs(plan.config(), place.told()), Confinement::and)));
        return needs;
    }

    /** Makes each processor once and closes it; failures are added to the problems. */
    public void tryProcessors(Written written) {
        streams.forEach((name, stream) -> stream.processors().forEach(step -> {
            try {
                Pipeline.of(List.of(step)).close();
            } catch (ProcessorException e) {
                String message = "stream '" + name + "': " + e.getMessage();
                written.problems().add(written.place("streams", name, "process"), message);
            }
        }));
    }

    /** The addresses of the sources, masked. */
    public List<String> addresses() {
        return sources().map(Source::address).toList();
    }

    /** Why files and cameras are absent that may come later. */
    public List<String> absences() {
        return sources().flatMap(source -> source.absence().stream()).toList();
    }

    /** The source of an address, with default options. */
    public static Source source(String address) {
        return SCHEMES.source(address, SourceOptions.DEFAULTS);
    }

    /** The same for an address that the API names; a relative file is meant from the folder. */
    static Source source(String address, Path folder, EgressSettings egress) {
        return SCHEMES.source(address, SourceOptions.DEFAULTS.in(folder).within(EgressRule.checked(egress)));
    }

    /**
     * Checks whether files and cameras exist, which may change later.
     *
     * @throws ConfigException with the reason if one is absent
     */
    public void refuseAbsent() {
        absences().stream().findFirst().ifPresent(reason -> {
            throw new ConfigException(reason);
        });
    }

    private Stream<Source> sources() {
        return streams.values().stream().flatMap(stream -> stream.source().stream());
    }

    /** Each profile must be one that can be switched to. */
    private static void profiles(
            SightlineConfig config, Written written, ProcessorCatalog catalog, WorkerPlans workers) {
        Document document = written.document();
        config.profile()
                .filter(name -> !config.profiles().containsKey(name))
                .ifPresent(name -> written.problems()
                        .add(
                                written.place("profile"),
                                "there is no profile '" + name + "'" + Nearest.hint(name, document.profiles())));
        RecordBinder binder = new RecordBinder(written.problems(), written.folder());
        document.inProfiles()
                .forEach((profile, streams) -> streams.forEach((name, node) -> {
                    if (!document.written().contains(name)) {
                        written.problems()
                                .add(
                                        written.place("profiles", profile, name),
                                        "profile '" + profile + "': there is no stream '" + name + "'"
                                                + Nearest.hint(name, document.written()));
                    } else {
                        binder.bind(node, StreamConfig.class)
                                .ifPresent(stream -> plan(name, stream, config, written, catalog, workers));
                    }
                }));
    }

    private static Optional<StreamPlan> plan(
            String name,
            StreamConfig stream,
            SightlineConfig config,
            Written written,
            ProcessorCatalog catalog,
            WorkerPlans workers) {
        Problems problems = written.problems();
        List<NamedProcessor> steps = steps(stream.process(), written, catalog);
        List<NamedProcessor> choices = steps(stream.clientProcessors(), written, catalog);
        if (!written.place("streams", name).equals(Place.NOWHERE)) { // code says more than it means
            StreamKeys.misfits(stream, SourceSchemes.schemeOf(stream.source()))
                    .forEach((key, message) ->
                            problems.add(written.place("streams", name, key), "stream '" + name + "': " + message));
        }
        try {
            StreamRegistry.checkName(name);
            PipelineRecipe recipe = PipelineRecipe.of(steps).withChoices(choices);
            StreamPlan plan = StreamPlan.of(name, stream, recipe, () -> source(stream, config, written));
            return Optional.of(workers.of(plan.within(config.egress())));
        } catch (IllegalArgumentException e) {
            problems.add(written.place("streams", name, "source"), "stream '" + name + "': " + e.getMessage());
            return Optional.empty();
        }
    }

    private static List<NamedProcessor> steps(Node process, Written written, ProcessorCatalog catalog) {
        return catalog.resolve(process, written.folder(), written.problems());
    }

    private static Source source(StreamConfig stream, SightlineConfig config, Written written) {
        Source source = SCHEMES.source(stream.source(), stream.sourceOptions(written.folder(), config.egress()));
        Redaction redaction = written.problems().redaction();
        return redaction.isEmpty() ? source : new RedactedSource(source, redaction);
    }
}
