package dev.sightline.stream;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.h264.SequenceParameters;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.pipeline.ProcessorStatus;
import dev.sightline.refusal.RefusedException;
import dev.sightline.refusal.RefusedException.Reason;
import dev.sightline.source.Numbering;
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
    private final Consumer<LiveStream> onClose;
    private final StreamStateTracker signal;
    private final Demand demand;
    private final PictureSlot slot = new PictureSlot();
    private final Viewers viewers;
    private final Renditions renditions;
    private final PictureLoop pictures;
    private final Passthrough passthrough;
    private final SlateWatch slates;
    private final Intake intake;
    private final Thread thread;
    private final AtomicBoolean started = new AtomicBoolean();

    /**
     * Creates a stream that is not started yet.
     *
     * @param intake brings the frames
     * @param pipeline runs on the stream's thread, which closes it
     * @param onClose runs when this is closed
     */
    LiveStream(
            String name,
            Function<Intake.Target, Intake> intake,
            Pipeline pipeline,
            Activation activation,
            StreamTime time,
            Consumer<LiveStream> onClose) {
        boolean ofOneSender = activation == Activation.PRIVATE;
        this.name = name;
        this.onClose = onClose;
        this.viewers = new Viewers(time::now);
        this.renditions = new Renditions(name, ofOneSender, this::gop, viewers);
        this.demand = new Demand(activation == Activation.ON_DEMAND, time.clock()::nanos);
        Numbering numbering = new Numbering(time.clock());
        Timeline timeline = new Timeline();
        this.slates = new SlateWatch(this, renditions, numbering, timeline, time, !ofOneSender);
        this.signal = new StreamStateTracker(time.clock(), slates::stateChanged);
        Intake.Target target = new Intake.Target(name, numbering, slot, signal, demand, this::close);
        this.intake = intake.apply(target);
        this.passthrough = new Passthrough(!isPublishable());
        this.pictures = new PictureLoop(target, this.intake, pipeline, renditions, passthrough, timeline);
        this.thread = Threads.daemon(pictures, name + "-stream");
    }

    /**
     * Limits the number of viewers from now on; present viewers stay.
     *
     * @param most at least 1; {@link #DEFAULT_VIEWERS} by default
     */
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

    /** Before the start: sets a pipeline that is made on the stream's own thread. */
    void use(PipelineRecipe recipe) {
        pictures.use(recipe);
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
                new StreamStatus.Signal(
                        intake.address(), signal.state(), signal.reason(), signal.since(), signal.lastPicture()),
                new StreamStatus.Pictures(
                        pictures.width(),
                        pictures.height(),
                        signal.state() == StreamState.LIVE ? pictures.fps() : 0,
                        pictures.frames()),
                renditions.viewers(),
                new StreamStatus.Dropped(
                        slot.dropped() + pictures.outrun(),
                        renditions.droppedByEncoders(),
                        renditions.droppedByViewers(),
                        pictures.broken() + intake.damaged(),
                        pictures.withheld()),
                signal.retries(),
                new StreamStatus.Processing(processors(), intake.choices(), pictures.changesPicture()),
                renditions.tracks().stream().map(RenditionTrack::status).toList());
    }

    List<ProcessorStatus> processors() {
        return intake.told(pictures.processors());
    }

    /** Why no frame leaves the pipeline although frames come, for people; empty if the pipeline is not the reason. */
    Optional<String> standstill() {
        return pictures.standstill();
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

    LastPicture lastPicture() {
        return pictures.last();
    }

    /** Frames from before a signal loss are not shown again. */
    private List<EncodedFrame> gop(Rendition rendition) {
        return signal.state() == StreamState.LIVE ? passthrough.gop(rendition) : List.of();
    }

    /**
     * Adds a viewer, or another subscription of one that leaves its first soon. It gets the latest frame at once if there is one; for passthrough video, also the frames it depends on.
     *
     * @param executor on which all calls to the subscriber are made, one at a time; usually the viewer's event loop
     * @param viewer whose it is; its client may have two renditions encoded that nobody had before, but not all
     * @throws RefusedException if the stream has as many viewers as it may, or encodes as many renditions, or as many for
     *     this client
     */
    public Subscription subscribe(Rendition rendition, Executor executor, Subscriber subscriber, ViewerIdentity viewer)
            throws RefusedException {
        return joined(renditions.join(rendition, executor, subscriber, viewer, demand::left), executor, subscriber);
    }

    @Override
    public List<ViewerStatus> viewers(int most) {
        return viewers.first(most);
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

    /** Whether {@link #publish} may send frames to this stream. */
    boolean isPublishable() {
        return intake instanceof PublisherIntake;
    }

    @Override
    public Optional<String> whyNotPublishable() {
        return isPublishable()
                ? Optional.empty()
                : Optional.of(
                        "stream '" + name + "' takes no pictures from senders: its source is " + intake.address());
    }

    @Override
    public Publisher publish(List<String> chosen, Sender sender) throws RefusedException {
        return publishers().publish(this, chosen, sender, pictures::use);
    }

    /** The status of the publisher; empty if there is none. */
    public Optional<PublisherStatus> publisher() {
        return intake.publisher().map(Publisher::status);
    }

    /** Asks the publisher's transport to end its connection, without waiting; {@code false} if there is no publisher. */
    public boolean disconnectPublisher() {
        Optional<Publisher> leaving = intake.publisher();
        leaving.ifPresent(publisher -> publisher.disconnect(DISCONNECTED));
        return leaving.isPresent();
    }

    @Override
    public void checkChoice(List<String> chosen) throws RefusedException {
        if (!chosen.isEmpty()) {
            publishers().requireOffered(chosen);
        }
    }

    @Override
    public void checkPublish(List<String> chosen) throws RefusedException {
        checkChoice(chosen);
        publishers().requireFree();
    }

    private PublisherIntake publishers() throws RefusedException {
        if (intake instanceof PublisherIntake publishers) {
            return publishers;
        }
        throw new RefusedException(Reason.WRONG_KIND, whyNotPublishable().orElseThrow());
    }

    /** Its threads free what they hold, and viewers are told. */
    @Override
    public void close() {
        demand.stop();
        slates.stop();
        farewell();
        intake.stop();
        slot.close();
        if (started.compareAndSet(false, true)) {
            pictures.close();
        }
        onClose.accept(this);
    }

    /** The stream ends soon: see {@link Subscriber#onFarewell}. Called once. */
    void farewell() {
        try {
            slates.farewell();
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            LOG.warn("stream '{}': its last slate failed", name, e);
        }
    }

    /** Whether nothing was sent for 5 s. */
    boolean isSilent() {
        return intake instanceof PublisherIntake publishers && publishers.isSilent();
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
        intake.awaitEnd(deadlineNanos);
        if (!Threads.join(thread, deadlineNanos)) {
            LOG.warn("stream '{}': {}; it is left behind", name, standstill().orElse("it did not end in time"));
        }
        // If a processor hangs, the stream's own thread never gets here.
        renditions.forEachSubscriber(Subscriber::onEnd);
        renditions.close();
    }

    StreamStateTracker signal() {
        return signal;
    }

    Intake intake() {
        return intake;
    }

    /** When a stream is active, and for whom. */
    enum Activation {
        /** From its start on, for all viewers. */
        ALWAYS,
        /** While somebody watches, and for 10 s after. */
        ON_DEMAND,
        /** For one sender: it shows no slates, and the stream's own thread encodes. */
        PRIVATE
    }
}
