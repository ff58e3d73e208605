package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.admin.Configuration.Probe;
import dev.sightline.app.configuration.ProbePlace;
import dev.sightline.http.ProblemException;
import dev.sightline.source.EgressSettings;
import dev.sightline.source.SourceException;
import dev.sightline.stream.wire.ProbeAnswer;
import dev.sightline.stream.wire.ProbeRequest;
import dev.sightline.testkit.Await;
import dev.sightline.worker.Death;
import dev.sightline.worker.Link;
import dev.sightline.worker.Message;
import dev.sightline.worker.OneShot;
import dev.sightline.worker.Tenant;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The server's half of trying a source in a process of its own; this test is the process. */
class ProbeProcessesTest implements Link {
    private static final Death CRASH = new Death(Death.Cause.CRASH, "it crashed with SIGSEGV in libav.so", Set.of());

    private final CompletableFuture<Tenant> started = new CompletableFuture<>();
    private final CompletableFuture<Message> asked = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile OneShot shot;
    private volatile Consumer<Message> receiver;

    private CompletableFuture<Probe> open() {
        ProbeProcesses processes = new ProbeProcesses((wanted, tenant) -> {
            shot = wanted;
            started.complete(tenant);
            return () -> ended.complete(null);
        });
        return processes.open(trial("http://eve:s3cret@cam/1")).toCompletableFuture();
    }

    private static ProbePlace.Trial trial(String source) {
        return new ProbePlace.Trial(
                source, "http://***@cam/1", Path.of("/cfg"), EgressSettings.DEFAULTS, Duration.ofSeconds(10));
    }

    private Tenant up() throws Exception {
        Tenant tenant = started.get(20, TimeUnit.SECONDS);
        tenant.up(this);
        return tenant;
    }

    @Override
    public boolean send(Message message) {
        return asked.complete(message);
    }

    @Override
    public void onMessage(Consumer<Message> named) {
        receiver = named;
    }

    @Override
    public void onEnd(Consumer<String> listener) {}

    @Override
    public void close() {}

    @Test
    void open_processIsToldAll_andMayReachWhatTheSourceNeeds() throws Exception {
        CompletableFuture<Probe> found = open();
        up();

        ProbeRequest request = ProbeRequest.read(asked.join());
        assertThat(request.source()).isEqualTo("http://eve:s3cret@cam/1");
        assertThat(request.folder()).isEqualTo("/cfg");
        assertThat(request.egress()).containsEntry("files", ".");
        assertThat(request.millis()).isEqualTo(10_000);
        assertThat(shot.confinement().network()).isTrue();
        assertThat(shot.confinement().devices()).isFalse();
        assertThat(shot.confinement().readable()).isEmpty();
        assertThat(shot.longest()).isGreaterThan(Duration.ofSeconds(10));
        assertThat(found).isNotDone();
        assertThat(trial("camera:0").needs().network()).isFalse();
        assertThat(trial("camera:0").needs().devices()).isTrue();
        assertThat(trial("clip.mp4").needs().network()).isFalse();
        assertThat(trial("clip.mp4").needs().readable()).contains(Path.of("/cfg/clip.mp4"));
    }

    @Test
    void failed_reasonIsTold_andTheProcessEnded() throws Exception {
        CompletableFuture<Probe> found = open();
        up();
        assertThat(ended).isNotDone();

        receiver.accept(new ProbeAnswer.Failed("it is silent").message());

        assertThatThrownBy(found::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(SourceException.class)
                .hasMessageContaining("it is silent");
        Await.until("ended", ended::isDone);
    }

    @Test
    void down_afterUp_namesWhatOpeningDid() throws Exception {
        CompletableFuture<Probe> found = open();
        up().down(CRASH);

        assertThatThrownBy(found::join)
                .hasCauseInstanceOf(SourceException.class)
                .hasMessageContaining("http://***@cam/1: opening it ended the process that tried it: "
                        + "it crashed with SIGSEGV in libav.so");
        Await.until("ended", ended::isDone);
    }

    @Test
    void down_beforeUp_isNotTheFaultOfTheSource() throws Exception {
        CompletableFuture<Probe> found = open();
        started.get(20, TimeUnit.SECONDS).down(new Death(Death.Cause.EXIT, "it cannot be started", Set.of()));

        assertThatThrownBy(found::join)
                .hasCauseInstanceOf(ProblemException.class)
                .hasMessageContaining("did not start: it cannot be started; try again");
    }

    @Test
    void start_thatFails_isTold() {
        ProbeProcesses processes = new ProbeProcesses((wanted, tenant) -> {
            throw new IOException("no room");
        });

        assertThatThrownBy(() ->
                        processes.open(trial("pattern:")).toCompletableFuture().join())
                .hasCauseInstanceOf(ProblemException.class)
                .hasMessageContaining("did not start: no room");
    }
}
