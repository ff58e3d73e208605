package dev.sightline.app.worker;

import dev.sightline.admin.Configuration.Probe;
import dev.sightline.app.configuration.SourceProbe;
import dev.sightline.config.Nodes;
import dev.sightline.config.Place;
import dev.sightline.config.Problems;
import dev.sightline.config.RecordBinder;
import dev.sightline.source.EgressSettings;
import dev.sightline.stream.wire.ProbeAnswer;
import dev.sightline.stream.wire.ProbeRequest;
import dev.sightline.worker.Link;
import dev.sightline.worker.WorkNotes;
import dev.sightline.worker.WorkerBody;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;

/** The body of a process in which a source is tried: it opens the source as the server would, and tells what came. */
public final class ProbeWorker implements WorkerBody {
    private final CountDownLatch ended = new CountDownLatch(1);

    /** Made by the process's main program. */
    public ProbeWorker() {}

    @Override
    public void prepare() {
        SourceProbe.prepare();
    }

    @Override
    public void run(Link link, WorkNotes notes) throws InterruptedException {
        link.onEnd(why -> ended.countDown());
        link.onMessage(message -> open(ProbeRequest.read(message), link));
        ended.await();
    }

    private static void open(ProbeRequest request, Link link) {
        new SourceProbe(Path.of(request.folder()), Duration.ofMillis(request.millis()))
                .of(request.source(), egress(request))
                .thenApply(ProbeWorker::found)
                .exceptionally(ProbeWorker::failed)
                .thenAccept(answer -> link.send(answer.message()));
    }

    private static EgressSettings egress(ProbeRequest request) {
        Problems problems = new Problems();
        EgressSettings egress = new RecordBinder(problems)
                .bind(Nodes.of(request.egress(), Place.NOWHERE), EgressSettings.class)
                .orElseThrow(() -> new IllegalArgumentException("nothing says where the source may lead"));
        problems.throwIfAny();
        return egress;
    }

    private static ProbeAnswer found(Probe probe) {
        return new ProbeAnswer.Found(
                probe.width(),
                probe.height(),
                probe.codec(),
                probe.fps(),
                Base64.getDecoder().decode(probe.picture()));
    }

    private static ProbeAnswer failed(Throwable failure) {
        Throwable why = failure.getCause() == null ? failure : failure.getCause();
        return new ProbeAnswer.Failed(String.valueOf(why.getMessage()));
    }
}
