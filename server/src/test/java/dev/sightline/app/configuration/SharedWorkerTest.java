package dev.sightline.app.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.config.ConfigException;
import dev.sightline.config.Node;
import dev.sightline.config.Nodes;
import dev.sightline.config.Place;
import dev.sightline.config.Problems;
import dev.sightline.config.RecordBinder;
import dev.sightline.http.HttpSettings;
import dev.sightline.processor.FrameProcessor;
import dev.sightline.processor.NoParameters;
import dev.sightline.processor.ProcessorFactory;
import dev.sightline.transport.webrtc.WebRtcSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In which process the streams of a configuration run. */
class SharedWorkerTest {
    private static final Additions OWN = new Additions(
            List.of(new Own()),
            Additions.none().routes(),
            List.of(),
            Additions.none().socketIo(),
            Map.of());

    @TempDir
    private Path folder;

    private JudgedConfig judged(String text, Additions additions) throws IOException {
        ConfigFile file = ConfigFile.read(Files.writeString(folder.resolve("sightline.yml"), text));
        return JudgedConfig.of(file.config(), file.written(), additions);
    }

    private static String worker(JudgedConfig judged) {
        return judged.streams().get("cam").worker().orElse("none");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rtsp://cam/1                | network
            rtsps://cam/1               | network
            http://cam/mjpeg            | network
            HTTPS://cam/mjpeg           | network
            publish:                    | network
            mirror:                     | network
            camera:0                    | none
            pattern:                    | none
            clip.mp4                    | none
            """)
    void file_streamWithoutWorker_runsInTheSharedOneIfItComesOverTheNetwork(String source, String worker)
            throws IOException {
        JudgedConfig judged = judged("streams: {cam: {source: '" + source + "'}}", Additions.none());

        assertThat(worker(judged)).isEqualTo(worker);
        assertThat(judged.workerNeeds().keySet()).isEqualTo(worker.equals("none") ? Set.of() : Set.of(worker));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            none                         |        | none
            {shared: none}               |        | none
            {shared: cams}               |        | cams
            {memory: 512}                |        | network
            none                         | own    | own
            {shared: cams}               | none   | none
            """)
    void file_sectionWorkers_choosesTheDefaultOfAllStreams(String section, String ofStream, String worker)
            throws IOException {
        String named = ofStream == null ? "" : ", worker: " + ofStream;
        assertThat(worker(judged(
                        "{workers: " + section + ", streams: {cam: {source: 'publish:'" + named + "}}}",
                        Additions.none())))
                .isEqualTo(worker);
    }

    @Test
    void code_streamOfTheNetwork_runsInTheServer_andSoDoesOneThatTheApiAdds() {
        StreamConfig publish = StreamConfig.of("publish:", new Node.Empty(Place.NOWHERE));
        SightlineConfig config =
                new SightlineConfig(HttpSettings.DEFAULTS, WebRtcSettings.DEFAULTS, List.of(), Map.of("cam", publish));
        Written written = Written.inCode(config, folder);
        assertThat(worker(JudgedConfig.of(config, written, Additions.none()))).isEqualTo("none");

        Problems problems = new Problems();
        Document added = Document.of(written.document().root())
                .with("more", Nodes.of(Map.of("source", "publish:"), Place.NOWHERE));
        Written changed = Written.of(added, folder, problems);
        SightlineConfig more = new RecordBinder(problems, folder)
                .bind(changed.effective(), SightlineConfig.class)
                .orElseThrow();
        assertThat(JudgedConfig.of(more, changed, Additions.none()).streams())
                .hasSize(2)
                .allSatisfy((name, plan) -> assertThat(plan.worker()).isEmpty());
    }

    @Test
    void file_processorOfTheProgram_staysInTheServer_unlessAWorkerIsNamed() throws IOException {
        String text = "streams: {cam: {source: 'publish:', process: own}}";
        assertThat(worker(judged(text, OWN))).isEqualTo("none");

        assertThatThrownBy(() -> judged(text.replace("own}", "own, worker: network}"), OWN))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'own' is code of the program, which a worker does not have: leave worker out");
    }

    @Test
    void file_sharedWorkerThatCannotBeAName_isRefusedAtItsPlace() {
        assertThatThrownBy(() -> judged("workers:\n  shared: 'a b'\nstreams: {}\n", Additions.none()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("sightline.yml:2:")
                .hasMessageContaining("'a b' cannot name a worker");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            workers: {shared: probe}                            | sightline.yml:1:19
            streams: {cam: {source: 'pattern:', worker: probe}} | sightline.yml:1:25
            """)
    void file_workerWithTheNameOfProbes_isRefusedAtItsPlace(String text, String place) {
        assertThatThrownBy(() -> judged(text, Additions.none()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'probe' cannot name a worker")
                .hasMessageContaining(place);
    }

    @Test
    void save_otherSharedWorker_isAnotherPlan() throws IOException {
        String text = "{workers: {shared: WORKER}, streams: {cam: {source: 'publish:'}}}";
        StreamPlan one = judged(text.replace("WORKER", "one"), Additions.none())
                .streams()
                .get("cam");
        StreamPlan other = judged(text.replace("WORKER", "other"), Additions.none())
                .streams()
                .get("cam");

        assertThat(one.sameAs(other)).isFalse();
        assertThat(one.runsAs(other)).isFalse();
        assertThat(one.sameAs(one)).isTrue();
    }

    @Test
    void file_cameraOfThisComputer_runsInAWorkerThatIsNamed_whichSeesDevicesButNoNetwork() throws IOException {
        JudgedConfig judged = judged("streams: {cam: {source: 'camera:0', worker: usb}}", Additions.none());

        assertThat(worker(judged)).isEqualTo("usb");
        assertThat(judged.workerNeeds().get("usb").devices()).isTrue();
        assertThat(judged.workerNeeds().get("usb").network()).isFalse();
        assertThat(judged("streams: {cam: {source: 'rtsp://cam/1'}}", Additions.none())
                        .workerNeeds()
                        .get("network"))
                .satisfies(need -> {
                    assertThat(need.network()).isTrue();
                    assertThat(need.devices()).isFalse();
                });
    }

    @Test
    void file_mirrorInAWorker_isToldHowManyMaySend_andReachesNothing() throws IOException {
        JudgedConfig judged = judged(
                "streams: {cam: {source: 'mirror:', worker: any, max-senders: 3, client-processors: [blur]}}",
                Additions.none());

        assertThat(worker(judged)).isEqualTo("any");
        assertThat(judged.workerNeeds().get("any").network()).isFalse();
        assertThat(judged.streams().get("cam").remote().orElseThrow().told().settings())
                .containsEntry("source", "mirror:")
                .containsEntry("max-senders", 3)
                .containsKey("client-processors")
                .doesNotContainKey("worker");
    }

    /** Code of a program. */
    private record Own() implements ProcessorFactory<NoParameters> {
        @Override
        public String name() {
            return "own";
        }

        @Override
        public String description() {
            return "Own.";
        }

        @Override
        public Class<NoParameters> parameters() {
            return NoParameters.class;
        }

        @Override
        public FrameProcessor create(NoParameters parameters) {
            return frame -> {};
        }
    }
}
