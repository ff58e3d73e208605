package dev.sightline.stream;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.h264.SequenceParameters;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.pipeline.ProcessorStatus;
import dev.sightline.source.Numbering;
import dev.sightline.stream.fanout.Subscriber;
import dev.sightline.stream.fanout.Subscription;
import dev.sightline.stream.status.StreamState;
import dev.sightline.stream.status.StreamStatus;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A live stream: pictures from a source, through a pipeline, encoded once for each rendition, handed to everybody who
 * watches.
 *
 * <pre>
 *  Source ──> PictureSlot ──> Pipeline ──> RenditionTrack ──> Fanout ──> Subscription ──> viewer
 *  SourceLoop                PictureLoop  one thread each    one task   one per viewer,
 *  reader thread             stream's thread                 per loop   newest wins
 * </pre>
 *
 * <p>A stream that pictures are sent to has no source and no reader thread: a {@link Publisher} puts them into the slot.
 *
 * <p>Its methods may be called by any thread. Between any two stages lies room for one picture, never a queue.
 */
public final class LiveStream implements AutoCloseable {
    /** How many may watch at the same time where nothing else is said. */
    public static final int DEFAULT_VIEWERS = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(LiveStream.class);

    private final String name;
    private final Consumer<LiveStream> onClose;
    private final StreamStateTracker signal;
    private final Demand demand;
    private final PictureSlot slot = new PictureSlot();
    private final Renditions renditions;
    private final PictureLoop pictures;
    private final Passthrough passthrough;
    private final SlateWatch slates;
    private final Intake intake;
    private final Thread thread;
    private final AtomicBoolean started = new AtomicBoolean();

    /**
     * A stream that is not started yet.
     *
     * @param intake what brings the frames
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
        this.renditions = new Renditions(name, ofOneSender, this::gop);
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
     * So many may watch from now on; those who do already stay.
     *
     * @param most at least 1; {@link #DEFAULT_VIEWERS} if nothing is said
     */
    public void limitViewers(int most) {
        renditions.limitViewers(most);
    }

    /**
     * Refuses a viewer before anything is done for it.
     *
     * @throws StreamLimitException if the stream has as many as it may
     */
    public void checkViewers() throws StreamLimitException {
        renditions.checkViewers();
    }

    /** Before the start: a pipeline that is made on the stream's own thread. */
    void use(PipelineRecipe recipe) {
        pictures.use(recipe);
    }

    /** Begins to open the source and to show its pictures. */
    void start() {
        if (started.compareAndSet(false, true)) {
            intake.start();
            thread.start();
            slates.start();
        }
    }

    /** The stream's name. */
    public String name() {
        return name;
    }

    /** What can be said of it now. */
    public StreamStatus status() {
        return new StreamStatus(
                name,
                intake.address(),
                signal.state(),
                signal.reason(),
                signal.since(),
                signal.lastPicture(),
                pictures.width(),
                pictures.height(),
                signal.state() == StreamState.LIVE ? pictures.fps() : 0,
                pictures.frames(),
                renditions.viewers(),
                new StreamStatus.Dropped(
                        slot.dropped() + pictures.outrun(),
                        renditions.droppedByEncoders(),
                        renditions.droppedByViewers(),
                        pictures.broken() + intake.damaged(),
                        pictures.withheld()),
                signal.retries(),
                processors(),
                intake.choices(),
                renditions.tracks().stream().map(RenditionTrack::status).toList());
    }

    List<ProcessorStatus> processors() {
        return intake.told(pictures.processors());
    }

    /** Why no picture leaves the pipeline though some come, for people; empty where it is not to blame. */
    Optional<String> standstill() {
        return pictures.standstill();
    }

    /**
     * What the source's own H.264 says of itself, while it passes through to viewers of {@link Rendition.Video} of the source's
     * width; empty while their video is encoded here.
     */
    public Optional<SequenceParameters> passthrough() {
        return passthrough.parameters();
    }

    /**
     * What remains of a stream that has ended: its last picture, as a JPEG whose metadata names the state. Made on another
     * thread.
     *
     * @param executor on which the taker is called, once
     * @param taker given nothing if no picture ever came, it cannot be encoded like this, the rendition is one too many, or the
     *     server stops
     */
    public void remains(Rendition rendition, Executor executor, Consumer<Optional<EncodedFrame>> taker) {
        slates.remains(rendition, executor, taker);
    }

    LastPicture lastPicture() {
        return pictures.last();
    }

    /** What was shown before a signal was lost is not shown again. */
    private List<EncodedFrame> gop(Rendition rendition) {
        return signal.state() == StreamState.LIVE ? passthrough.gop(rendition) : List.of();
    }

    /**
     * Adds a subscription for one who has another already and leaves that soon, or for whom the stream is alone.
     *
     * @param executor as below
     * @throws StreamLimitException if the stream encodes as many renditions as it may
     */
    public Subscription subscribe(Rendition rendition, Executor executor, Subscriber subscriber)
            throws StreamLimitException {
        return joined(
                renditions.join(rendition, executor, subscriber, Optional.empty(), demand::left), executor, subscriber);
    }

    /**
     * Adds a viewer, who is shown the latest picture at once if there is one, of a source's own video with those it builds on.
     *
     * @param executor on which all calls to the subscriber are made, one at a time; usually the viewer's event loop
     * @param client one who may have two renditions encoded that nobody had before, but not all; empty where that is no matter
     * @throws StreamLimitException if the stream has as many viewers as it may, or encodes as many renditions, or as many for
     *     this client
     */
    public Subscription subscribe(
            Rendition rendition, Executor executor, Subscriber subscriber, Optional<String> client)
            throws StreamLimitException {
        return joined(renditions.admit(rendition, executor, subscriber, client, demand::left), executor, subscriber);
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

    /** Whether pictures may be sent in, by {@link #publish}. */
    public boolean isPublishable() {
        return intake instanceof PublisherIntake;
    }

    /** Why no pictures may be sent in, in words for who tried; empty where they may. */
    public Optional<String> whyNotPublishable() {
        return isPublishable()
                ? Optional.empty()
                : Optional.of(
                        "stream '" + name + "' takes no pictures from senders: its source is " + intake.address());
    }

    /** Takes a publisher in, who chooses no processors. */
    public Publisher publish() throws PublishException {
        return publish(List.of());
    }

    /**
     * Takes a publisher in, who holds the stream's name until it is closed, or has sent nothing for 5 s and somebody else
     * comes.
     *
     * @param chosen processors to run after the stream's own, of those offered to senders
     * @throws PublishException if the stream takes no pictures from senders, does not offer these processors, or has a
     *     publisher already
     */
    public Publisher publish(List<String> chosen) throws PublishException {
        return entrance().publish(chosen, pictures::use);
    }

    /**
     * Finds out whether a publisher could choose these processors.
     *
     * @throws PublishException if the stream takes no pictures from senders, or does not offer these processors
     */
    public void checkChoice(List<String> chosen) throws PublishException {
        entrance().requireOffered(chosen);
    }

    /**
     * Finds out whether {@link #publish(List)} would take a publisher in now; another may come first.
     *
     * @throws PublishException as that does
     */
    public void checkPublish(List<String> chosen) throws PublishException {
        checkChoice(chosen);
        entrance().requireFree();
    }

    private PublisherIntake entrance() throws PublishException {
        if (intake instanceof PublisherIntake entrance) {
            return entrance;
        }
        throw new PublishException(
                PublishException.Reason.WRONG_KIND, whyNotPublishable().orElseThrow());
    }

    /** Ends the stream, without waiting: its threads free what they hold, and viewers are told. */
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

    /** The end is near: see {@link Subscriber#onFarewell}; once. */
    void farewell() {
        try {
            slates.farewell();
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            LOG.warn("stream '{}': its last slate failed", name, e);
        }
    }

    /** Whether nobody has sent anything for 5 s. */
    boolean isSilent() {
        return intake instanceof PublisherIntake entrance && entrance.isSilent();
    }

    /** Whether its thread has nothing to do. */
    boolean isIdle() {
        return slot.isIdle();
    }

    /** After {@link #close}: whether its thread has done its last work. */
    boolean isOver() {
        return !thread.isAlive();
    }

    /** After {@link #close}: waits for the stream's threads, until a moment of {@link System#nanoTime}. */
    void awaitEnd(long deadlineNanos) {
        intake.awaitEnd(deadlineNanos);
        if (!Threads.join(thread, deadlineNanos)) {
            LOG.warn("stream '{}': {}; it is left behind", name, standstill().orElse("it did not come to its end"));
        }
        // Where a processor hangs, the stream's own thread does not come to this.
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
        /** From its start on, for everybody. */
        ALWAYS,
        /** While somebody watches, and 10 s longer. */
        ON_DEMAND,
        /** For one sender: it shows no slates, and the stream's own thread encodes. */
        PRIVATE
    }
}
