package dev.sightline.stream;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.h264.SequenceParameters;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.pipeline.ProcessorStatus;
import dev.sightline.processor.ViewerInput;
import dev.sightline.refusal.RefusedException;
import dev.sightline.source.Numbering;
import dev.sightline.source.Source;
import dev.sightline.stream.fanout.Subscriber;
import dev.sightline.stream.fanout.Subscription;
import dev.sightline.stream.fanout.ViewerIdentity;
import dev.sightline.stream.status.PublisherStatus;
import dev.sightline.stream.status.StreamState;
import dev.sightline.stream.status.StreamStatus;
import dev.sightline.stream.status.ViewerStatus;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A live stream: frames from a source go through a pipeline, are encoded once for each rendition, and reach all viewers.
 *
 * <pre>
 *  Source ──> PictureSlot ──> Pipeline ──> RenditionTrack ──> Fanout ──> Subscription ──> viewer
 *  SourceLoop                PictureLoop  one thread each    one task   one per viewer,
 *  reader thread             stream's thread                 per loop   latest wins
 * </pre>
 *
 * <p>A stream with a {@link Publisher} has no source and no reader thread: the publisher fills the slot.
 *
 * <p>Its methods may be called by any thread. Between any two stages there is room for one frame, never a queue.
 */
public final class LiveStream implements NamedStream {
    /** The default limit of viewers at the same time. */
    public static final int DEFAULT_VIEWERS = 10_000;

    private static final String DISCONNECTED = "disconnected by the operator";
    private static final Logger LOG = LoggerFactory.getLogger(LiveStream.class);

    private final String name;
    private final StreamListener listener;
    private final StreamStateTracker signal;
    private final Demand demand;
    private final PictureSlot slot = new PictureSlot();
    private final Viewers viewers;
    private final Renditions renditions;
    private final PictureLoop pictures;
    private final Passthrough passthrough;
    private final SlateWatch slates;
    private final IntakeSlot intake;
    private final Thread thread;
    private final AtomicBoolean started = new AtomicBoolean();

    /**
     * Creates a stream that is not started yet.
     *
     * @param intake brings the frames
     * @param pipeline runs on the stream's thread, which closes it
     * @param listener is told what becomes of it
     */
    LiveStream(
            String name,
            Function<Intake.Target, Intake> intake,
            Pipeline pipeline,
            Activation activation,
            StreamTime time,
            StreamListener listener) {
        boolean ofOneSender = activation == Activation.PRIVATE;
        this.name = name;
        this.listener = listener;
        this.viewers = new Viewers(time::now);
        this.renditions = new Renditions(name, ofOneSender, this::gop, seq -> signal().isOfPast(seq), viewers);
        this.demand = new Demand(activation == Activation.ON_DEMAND, time.clock()::nanos);
        Numbering numbering = new Numbering(time.clock());
        Timeline timeline = new Timeline();
        this.slates = new SlateWatch(this, renditions, numbering, timeline, time, !ofOneSender);
        this.signal = new StreamStateTracker(time.clock(), slates::stateChanged);
        Intake.Target target = new Intake.Target(name, numbering, slot, signal, demand, this::close);
        this.intake = new IntakeSlot(target, intake);
        this.passthrough = new Passthrough(() -> !this.intake.isPublishable());
        this.pictures = new PictureLoop(target, this::intake, pipeline, renditions, passthrough, timeline);
        this.thread = Threads.daemon(pictures, name + "-stream");
    }

    /** Limits the number of viewers from now on, at least 1; present viewers stay. */
    public void limitViewers(int most) {
        renditions.limitViewers(most);
    }

    /**
     * Refuses a viewer before any work is done for it.
     *
     * @throws RefusedException if the stream has as many as it may
     */
    public void checkViewers() throws RefusedException {
        renditions.checkViewers();
    }

    /** Sets a pipeline from the next frame on, made by the stream's own thread; no frame is shown without it. */
    void use(PipelineRecipe recipe) {
        intake.current().adopt(recipe, pictures.pipelines()::use);
    }

    @Override
    public PipelineChange prepare(PipelineRecipe recipe) {
        return new PreparedChange(intake, slot, pictures.pipelines(), recipe);
    }

    /** Reads another source from now on; viewers stay. A publisher loses its place. */
    public void read(Source source) {
        intake.read(source);
    }

    /** Takes frames from publishers from now on, who choose from the recipe; viewers stay. */
    public void takePublishers(PipelineRecipe recipe) {
        intake.takePublishers(recipe);
    }

    /** Sets whether the source is open only while somebody watches, and for 10 s after. */
    public void onDemand(boolean whileWatched) {
        demand.onDemand(whileWatched);
    }

    /** Starts to open the source and show its frames. */
    void start() {
        if (started.compareAndSet(false, true)) {
            intake.start();
            thread.start();
            slates.start();
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public StreamStatus status() {
        return new StreamStatus(
                name,
                signal.status(intake.current().address()),
                pictures.status(),
                renditions.viewers(),
                new StreamStatus.Dropped(
                        slot.dropped() + pictures.outrun(),
                        renditions.droppedByEncoders(),
                        renditions.droppedByViewers(),
                        pictures.broken() + intake.current().damaged(),
                        pictures.withheld()),
                signal.retries(),
                pictures.processing(processors()),
                renditions.tracks().stream().map(RenditionTrack::status).toList());
    }

    List<ProcessorStatus> processors() {
        return intake.current().told(pictures.pipelines().statuses());
    }

    /** Why no frame leaves the pipeline although frames come, for people; empty if the pipeline is not the reason. */
    Optional<String> standstill() {
        return pictures.pipelines().standstill();
    }

    /**
     * The parameters of the source's own H.264 while it passes through to viewers of {@link Rendition.Video} of the source's
     * width; empty while their video is encoded here.
     */
    public Optional<SequenceParameters> passthrough() {
        return passthrough.parameters();
    }

    /**
     * Makes what remains of a stream that has ended: its last frame, as a JPEG whose metadata names the state. Encoded on
     * another thread.
     *
     * @param executor on which the taker is called, once
     * @param taker gets nothing if no frame ever came, it cannot be encoded this way, there are too many renditions, or the
     *     server stops
     */
    public void remains(Rendition rendition, Executor executor, Consumer<Optional<EncodedFrame>> taker) {
        slates.remains(rendition, executor, taker);
    }

    /**
     * Passes on what a viewer sends to the processors, before the next frame; dropped if none comes within 2 s.
     *
     * @throws RefusedException if no processor takes it
     */
    public void input(ViewerInput input) throws RefusedException {
        inputs().add(input);
    }

    /** Whether any processor takes input from viewers now. */
    public boolean takesInput() {
        return !inputs().names().isEmpty();
    }

    ViewerInputs inputs() {
        return pictures.inputs();
    }

    LastPicture lastPicture() {
        return pictures.last();
    }

    /** Frames from before a signal loss are not shown again. */
    private List<EncodedFrame> gop(Rendition rendition) {
        return signal.state() == StreamState.LIVE ? passthrough.gop(rendition) : List.of();
    }

    /**
     * Adds a viewer, or another subscription of one that leaves its first soon. It gets the latest frame at once if there is
     * one; for passthrough video, also the frames it depends on.
     *
     * @param executor on which all calls to the subscriber are made, one at a time; usually the viewer's event loop
     * @param viewer whose it is; its client may have two renditions encoded that nobody had before, but not all
     * @throws RefusedException if the stream has as many viewers, or it or this client as many renditions, as it may
     */
    public Subscription subscribe(Rendition rendition, Executor executor, Subscriber subscriber, ViewerIdentity viewer)
            throws RefusedException {
        return joined(renditions.join(rendition, executor, subscriber, viewer, demand::left), executor, subscriber);
    }

    @Override
    public List<ViewerStatus> viewers(int most) {
        return viewers.first(most);
    }

    /** Who watches it now. */
    Viewers present() {
        return viewers;
    }

    @Override
    public boolean disconnect(String id) {
        return viewers.disconnect(id, DISCONNECTED);
    }

    private Subscription joined(Renditions.Joined joined, Executor executor, Subscriber subscriber) {
        demand.joined();
        try {
            if (joined.started()) {
                slates.trackStarted();
            }
            executor.execute(() -> subscriber.onState(status()));
            return joined.subscription();
        } catch (RuntimeException | Error e) {
            joined.subscription().close();
            throw e;
        }
    }

    @Override
    public Optional<String> whyNotPublishable() {
        return intake.whyNotPublishable();
    }

    @Override
    public Publisher publish(List<String> chosen, Sender sender) throws RefusedException {
        return intake.publishers()
                .publish(this, chosen, sender, recipe -> pictures.pipelines().use(recipe, slot.generation()));
    }

    /** The status of the publisher; empty if there is none. */
    public Optional<PublisherStatus> publisher() {
        return intake.current().publisher().map(Publisher::status);
    }

    /** Asks the publisher's transport to end its connection, without waiting; {@code false} if there is no publisher. */
    public boolean disconnectPublisher() {
        return intake.disconnectPublisher(DISCONNECTED);
    }

    @Override
    public void checkChoice(List<String> chosen) throws RefusedException {
        intake.checkChoice(chosen);
    }

    @Override
    public void checkPublish(List<String> chosen) throws RefusedException {
        intake.checkPublish(chosen);
    }

    /** Its threads free what they hold, and viewers are told. */
    @Override
    public void close() {
        demand.stop();
        slates.stop();
        farewell();
        intake.current().stop();
        slot.close();
        if (started.compareAndSet(false, true)) {
            pictures.close();
        }
        listener.closed(this);
    }

    /** The stream ends soon: see {@link Subscriber#onFarewell}. Called once. */
    void farewell() {
        slates.farewell();
    }

    /** Whether nothing was sent for 5 s. */
    boolean isSilent() {
        return intake.current() instanceof PublisherIntake publishers && publishers.isSilent();
    }

    /** Whether the stream's thread has nothing to do. */
    boolean isIdle() {
        return slot.isIdle();
    }

    /** After {@link #close}: whether the stream's thread has finished. */
    boolean isOver() {
        return !thread.isAlive();
    }

    @Override
    public void awaitEnd(long deadlineNanos) {
        intake.current().awaitEnd(deadlineNanos);
        if (!Threads.join(thread, deadlineNanos)) {
            LOG.warn("stream '{}': {}; it is left behind", name, standstill().orElse("it did not end in time"));
        }
        // If a processor hangs, the stream's own thread never gets here.
        renditions.forEachSubscriber(Subscriber::onEnd);
        renditions.close();
    }

    StreamListener listener() {
        return listener;
    }

    StreamStateTracker signal() {
        return signal;
    }

    Intake intake() {
        return intake.current();
    }
}
