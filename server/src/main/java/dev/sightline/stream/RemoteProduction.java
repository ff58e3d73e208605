package dev.sightline.stream;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sightline.codec.Rendition;
import dev.sightline.frame.Codec;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.h264.SequenceParameters;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.pipeline.ProcessorStatus;
import dev.sightline.processor.ViewerInput;
import dev.sightline.refusal.RefusedException;
import dev.sightline.source.Numbering;
import dev.sightline.source.Source;
import dev.sightline.stream.fanout.Subscriber;
import dev.sightline.stream.status.StreamStatus;
import dev.sightline.stream.wire.Command;
import dev.sightline.stream.wire.FrameMessage;
import dev.sightline.stream.wire.StatusMessage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/**
 * Stands for a production in a worker process: what is asked of it goes there as a small command, and frames come back encoded,
 * numbered and timed. While the worker is gone, slates are made here.
 */
final class RemoteProduction implements Production, RemoteStream, IntakeSlot.Kinds {
    private static final long LAYERS_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Outlet outlet;
    private final RemoteWorker worker;
    /** The mirror whose session it is. */
    private final Optional<RemoteSessions> mirror;

    private final RemoteSignal signal;
    private final LastPicture last;
    private final PictureSlot slot = new PictureSlot();
    private final IntakeSlot intake;
    private final PublisherFeed feed;
    private final Map<Rendition, Long> layersAsked = new ConcurrentHashMap<>();

    @GuardedBy("this")
    private List<String> chosen;

    /** Whether the worker makes its frames, and its slates. Written by the worker's calls. */
    private volatile boolean opened;

    /** Whether the worker knows all that a picture needs; before, it would be lost there. Written by the worker's calls. */
    private volatile boolean fed;

    private volatile boolean stopped;
    private volatile RemoteFigures figures = RemoteFigures.NONE;

    private RemoteProduction(
            Outlet outlet,
            RemoteWorker worker,
            Optional<RemoteSessions> mirror,
            List<String> chosen,
            BiFunction<RemoteProduction, Intake.Target, Intake> first) {
        this.outlet = outlet;
        this.worker = worker;
        this.mirror = mirror;
        this.chosen = List.copyOf(chosen);
        var clock = outlet.numbering().clock();
        this.signal = new RemoteSignal(clock, outlet.onChange());
        this.last = new LastPicture(clock::nanos);
        // What senders' frames are called here, nobody sees: the worker numbers and times them.
        Intake.Target target = new Intake.Target(
                outlet.name(),
                new Numbering(clock),
                slot,
                new StreamStateTracker(clock, () -> {}),
                new Demand(false, clock::nanos),
                outlet.end());
        this.intake = new IntakeSlot(target, to -> first.apply(this, to), this);
        this.feed = new PublisherFeed(
                outlet.name(), slot, picture -> fed && worker.send(picture), this::requestKeyframeOfPublisher);
    }

    /** That of a stream. */
    static RemoteProduction of(Outlet outlet, RemoteWorker worker, RemotePlan plan) {
        RemoteProduction made = new RemoteProduction(
                outlet,
                worker,
                Optional.empty(),
                List.of(),
                (self, target) -> plan.senders()
                        .<Intake>map(recipe -> self.publishing(target, recipe))
                        .orElse(new RemoteSource(plan.address())));
        worker.plan(made, plan);
        return made;
    }

    /** That of a mirror's session, whose sender chose these processors of the recipe. */
    static RemoteProduction ofSession(
            Outlet outlet, RemoteWorker worker, RemoteSessions mirror, PipelineRecipe recipe, List<String> chosen) {
        return new RemoteProduction(
                outlet,
                worker,
                Optional.of(mirror),
                chosen,
                (self, target) -> PublisherIntake.ofSession(target, recipe));
    }

    @Override
    public String name() {
        return outlet.name();
    }

    /** The name by which the worker's configuration knows it. */
    private String configured() {
        return mirror.map(RemoteSessions::name).orElse(name());
    }

    @Override
    public Intake reading(Intake.Target target, Source source) {
        return new RemoteSource(source.address());
    }

    @Override
    public PublisherIntake publishing(Intake.Target target, PipelineRecipe recipe) {
        return PublisherIntake.ofStream(target, recipe, () -> worker.send(new Command.Leave(name()).message()));
    }

    @Override
    public void start() {
        intake.start();
        mirror.ifPresentOrElse(of -> worker.attach(this, of), () -> worker.attach(this));
    }

    @Override
    public void stop(boolean unstarted) {
        stopped = true;
        mirror.ifPresentOrElse(of -> worker.detach(this, of), () -> worker.detach(this));
        intake.current().stop();
        slot.close();
        last.close();
        outlet.renditions().forEachSubscriber(Subscriber::onEnd);
        outlet.renditions().close();
    }

    @Override
    public Optional<String> awaitEnd(long deadlineNanos) {
        return Optional.empty();
    }

    @Override
    public boolean isOver() {
        return stopped;
    }

    @Override
    public boolean isIdle() {
        return slot.isIdle();
    }

    @Override
    public void check() {
        intake.current().check();
        outlet.renditions().tracks().forEach(track -> keyframeWanted(track.rendition()));
    }

    @Override
    public IntakeSlot intake() {
        return intake;
    }

    @Override
    public StreamSignal signal() {
        return signal;
    }

    @Override
    public boolean makesSlates() {
        return !opened;
    }

    @Override
    public StreamStatus status() {
        RemoteFigures now = figures;
        Renditions renditions = outlet.renditions();
        StreamStatus.Dropped dropped = now.allDropped();
        return new StreamStatus(
                name(),
                signal.status(intake.current().address()).in(worker.place(configured())),
                now.pictures(renditions.reported()),
                renditions.viewers(),
                new StreamStatus.Dropped(
                        dropped.pipeline() + slot.dropped() + feed.dropped(),
                        dropped.encoders(),
                        renditions.droppedByViewers(),
                        dropped.broken() + intake.current().damaged(),
                        dropped.withheld()),
                now.allRetries(),
                now.processing(),
                renditions.tracks().stream().map(now::status).toList());
    }

    @Override
    public List<ProcessorStatus> processors() {
        return figures.processing().processors();
    }

    @Override
    public Optional<SequenceParameters> passthrough() {
        return figures.said().flatMap(said -> said.source().passthrough());
    }

    @Override
    public boolean isOfPast(long seq) {
        return signal.isOfPast(seq);
    }

    @Override
    public void input(ViewerInput input) throws RefusedException {
        ViewerInputs.check(name(), new TreeSet<>(figures.processing().inputs()), input);
        worker.send(new Command.Input(name(), input.name(), input.seq(), input.values()).message());
    }

    @Override
    public boolean takesInput() {
        return !figures.processing().inputs().isEmpty();
    }

    @Override
    public LastPicture lastPicture() {
        return last;
    }

    @Override
    public void use(PipelineRecipe recipe) {
        intake.current().adopt(recipe, now -> {});
    }

    /** The worker makes the pipeline, with {@link RemoteWorker#configure}; here only the senders' choices change. */
    @Override
    public PipelineChange prepare(PipelineRecipe recipe) {
        return new PipelineChange() {
            @Override
            public CompletionStage<Void> commit(boolean ofNextSource) {
                use(recipe);
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public void discard() {
                // Nothing was made.
            }
        };
    }

    @Override
    public Publisher publish(LiveStream stream, List<String> choice, Sender sender) throws RefusedException {
        Publisher newcomer = intake.publishers().publish(stream, choice, sender, recipe -> {});
        if (mirror.isEmpty()) {
            synchronized (this) {
                chosen = List.copyOf(choice);
                worker.send(new Command.Publish(name(), chosen).message());
            }
        }
        feed.start();
        return newcomer;
    }

    /** Asked for again and again while the worker cannot go on; it makes no sense while there is none. */
    private void requestKeyframeOfPublisher() {
        if (opened) {
            intake.current().requestKeyframe();
        }
    }

    @Override
    public void onDemand(boolean whileWatched) {
        // The worker reads it in the stream's settings.
    }

    @Override
    public void joined() {
        // The worker sees that a rendition is watched.
    }

    @Override
    public void left() {
        // The same.
    }

    @Override
    public void watchedChanged() {
        if (opened) {
            worker.send(Command.Watch.of(
                            name(),
                            outlet.renditions().tracks().stream()
                                    .map(RenditionTrack::rendition)
                                    .toList())
                    .message());
        }
    }

    @Override
    public void keyframeWanted(Rendition rendition) {
        if (opened) {
            track(rendition)
                    .filter(track -> track.keyframeDue(now()))
                    .ifPresent(track ->
                            worker.send(Command.Ask.of(name(), rendition, true).message()));
        }
    }

    @Override
    public void temporalLayersWanted(Rendition rendition) {
        Long asked = layersAsked.get(rendition);
        if (opened && (asked == null || now() - asked >= LAYERS_AGAIN_NANOS)) {
            layersAsked.put(rendition, now());
            worker.send(Command.Ask.of(name(), rendition, false).message());
        }
    }

    private Optional<RenditionTrack> track(Rendition rendition) {
        return outlet.renditions().tracks().stream()
                .filter(track -> track.rendition().equals(rendition))
                .findFirst();
    }

    private long now() {
        return outlet.numbering().clock().nanos();
    }

    /** From here on the worker makes the slates, too, so that no number is used twice. */
    @Override
    public long open() {
        opened = true;
        return outlet.numbering().last();
    }

    /** Tells it who watches and who sends. */
    @Override
    public void up() {
        synchronized (this) {
            if (mirror.isPresent()) {
                worker.send(new Command.Session(name(), configured(), chosen, open()).message());
            } else if (intake.current().publisher().isPresent()) {
                worker.send(new Command.Publish(name(), chosen).message());
            }
        }
        watchedChanged();
        fed = true;
        feed.restart();
    }

    /** What viewers see is made here until there is another process. */
    @Override
    public void down(String why) {
        opened = false;
        fed = false;
        figures = figures.over();
        outlet.renditions().tracks().forEach(RenditionTrack::interrupt);
        signal.lost(why);
    }

    /** A frame has come. */
    void arrived(FrameMessage message) {
        EncodedFrame frame = message.frame();
        if (frame.seq() > outlet.numbering().last()) {
            outlet.numbering().seen(frame.seq());
            outlet.timeline().ofPicture(frame.seq(), frame.presentationNanos());
        }
        track(message.rendition()).ifPresent(track -> track.arrived(message));
        boolean decodes = frame.keyframe() && !message.slate() && !message.ofSource() && frame.codec() != Codec.NONE;
        if (decodes && message.rendition().processed() && !intake.isPublishable()) {
            last.keep(frame);
        }
    }

    /** The worker says how the stream is. */
    void told(StatusMessage status) {
        figures = figures.saying(status);
        StreamStatus.Signal said = status.signal();
        StreamStatus.Signal shown = new StreamStatus.Signal(
                "",
                said.state(),
                said.reason().map(why -> worker.shown(configured(), why)),
                said.since(),
                said.lastPicture());
        signal.report(shown, status.source().pastSeq(), figures.allRetries());
    }

    /** The worker has no place for this session: its sender may begin another one. */
    void end() {
        outlet.end().run();
    }

    /** The publisher's video needs a keyframe. */
    void requestKeyframe() {
        intake.current().requestKeyframe();
    }
}
