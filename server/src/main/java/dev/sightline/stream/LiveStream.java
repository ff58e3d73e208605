package dev.sightline.stream;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.CaptureClock;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.h264.SequenceParameters;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.pipeline.ProcessorStatus;
import dev.sightline.source.Numbering;
import dev.sightline.source.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
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
    private final PipelineRecipe recipe;
    private final Consumer<LiveStream> onClose;
    private final StreamStateTracker signal;
    private final Demand demand;
    private final PictureSlot slot = new PictureSlot();
    /** Of the source's own video, where viewers are given that. */
    private final Lead video = new Lead();

    private final Renditions renditions;
    private final PictureLoop pictures;
    private final SlateWatch slates;
    private final Intake intake;
    private final Thread thread;
    /** What the publisher of now chose; changed under the lock of its intake. */
    private List<String> choice = List.of();

    private final AtomicBoolean started = new AtomicBoolean();

    private LiveStream(
            String name,
            Function<Intake.Target, Intake> intake,
            PipelineRecipe recipe,
            Pipeline pipeline,
            Manner manner,
            ScheduledExecutorService watch,
            Consumer<LiveStream> onClose) {
        this.name = name;
        this.onClose = onClose;
        this.recipe = recipe;
        this.renditions = new Renditions(name, manner == Manner.PRIVATE, this::lead);
        this.demand = new Demand(manner == Manner.ON_DEMAND);
        Numbering numbering = new Numbering(CaptureClock.system());
        Timeline timeline = new Timeline();
        this.slates = new SlateWatch(this, renditions, numbering, timeline, watch, manner != Manner.PRIVATE);
        this.signal = new StreamStateTracker(numbering.clock(), slates::stateChanged);
        this.intake = intake.apply(new Intake.Target(name, numbering, slot, signal, demand, this::close));
        this.pictures = new PictureLoop(name, this.intake, slot, pipeline, renditions, video, timeline, signal);
        this.thread = Threads.daemon(pictures, name + "-stream");
    }

    /**
     * A stream of a source, not started yet.
     *
     * @param pipeline runs on the stream's thread, which closes it
     * @param onDemand whether the source is open only while somebody watches
     * @param watch notices that time passes, and makes slates
     */
    static LiveStream of(
            String name, Source source, Pipeline pipeline, boolean onDemand, ScheduledExecutorService watch) {
        return new LiveStream(
                name,
                target -> new SourceLoop(target, source),
                PipelineRecipe.of(List.of()),
                pipeline,
                onDemand ? Manner.ON_DEMAND : Manner.ALWAYS,
                watch,
                closed -> {});
    }

    /** A stream that a publisher sends to, not started yet. */
    static LiveStream published(String name, PipelineRecipe recipe, ScheduledExecutorService watch) {
        String invitation = ": open /publish/" + name;
        return new LiveStream(
                name,
                target -> new PublisherIntake(target, "publish:", invitation, () -> {}),
                recipe,
                recipe.create(name),
                Manner.ALWAYS,
                watch,
                closed -> {});
    }

    /**
     * One sender's own stream, not started yet: it ends with its publisher, shows no slates, and its pipeline is made on
     * its own thread.
     */
    static LiveStream session(
            String name, PipelineRecipe recipe, Consumer<LiveStream> onClose, ScheduledExecutorService watch) {
        LiveStream session = new LiveStream(
                name,
                target -> new PublisherIntake(target, "mirror:", "", target.end()),
                recipe,
                Pipeline.of(List.of()),
                Manner.PRIVATE,
                watch,
                onClose);
        session.pictures.use(recipe);
        return session;
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
                recipe.choices(),
                renditions.tracks().stream().map(RenditionTrack::status).toList());
    }

    /** The stream's own, and what the sender chose; nothing of the latter once that sender is gone. */
    List<ProcessorStatus> processors() {
        List<ProcessorStatus> all = pictures.processors();
        int own = Math.min(recipe.steps().size(), all.size());
        if (!isPublishable() || own == all.size()) {
            return all;
        }
        List<ProcessorStatus> told = new ArrayList<>(all.subList(0, own));
        if (hasPublisher()) {
            all.subList(own, all.size()).forEach(step -> told.add(step.asChosen()));
        }
        return told;
    }

    /** Why no picture leaves the pipeline though some come, for people; empty where it is not to blame. */
    Optional<String> standstill() {
        return pictures.standstill();
    }

    /**
     * What the source's own H.264 is like, where that is given to those who watch {@link Rendition.Video} of the source's
     * width; empty where their video is encoded here.
     */
    public Optional<SequenceParameters> passed() {
        return pictures.passed();
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
        boolean begun = slates.run(() -> {
            Optional<EncodedFrame> last = remains(rendition);
            executor.execute(() -> taker.accept(last));
        });
        if (!begun) {
            executor.execute(() -> taker.accept(Optional.empty()));
        }
    }

    private Optional<EncodedFrame> remains(Rendition rendition) {
        try {
            return pictures.last().jpeg(rendition, signal.state());
        } catch (StreamLimitException e) {
            return Optional.empty();
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            LOG.warn("stream '{}': its last picture cannot be had as {}", name, rendition.describe(), e);
            return Optional.empty();
        }
    }

    LastPicture lastPicture() {
        return pictures.last();
    }

    /** What was shown before a signal was lost is not shown again. */
    private List<EncodedFrame> lead() {
        return signal.state() == StreamState.LIVE ? video.pictures() : List.of();
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
        return isPublishable() ? Optional.empty() : Optional.of(notPublishable());
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
        PublisherIntake entrance = entrance();
        PipelineRecipe wanted = chosen(recipe, chosen);
        return entrance.publish(() -> changePipeline(chosen, wanted));
    }

    /**
     * Finds out whether a publisher could choose these processors.
     *
     * @throws PublishException if the stream takes no pictures from senders, or does not offer these processors
     */
    public void checkChoice(List<String> chosen) throws PublishException {
        entrance();
        chosen(recipe, chosen);
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

    static PipelineRecipe chosen(PipelineRecipe recipe, List<String> chosen) throws PublishException {
        try {
            return recipe.choose(chosen);
        } catch (IllegalArgumentException e) {
            throw new PublishException(PublishException.Reason.NOT_OFFERED, String.valueOf(e.getMessage()));
        }
    }

    private PublisherIntake entrance() throws PublishException {
        if (intake instanceof PublisherIntake entrance) {
            return entrance;
        }
        throw new PublishException(PublishException.Reason.WRONG_KIND, notPublishable());
    }

    private String notPublishable() {
        return "stream '" + name + "' takes no pictures from senders: its source is " + intake.address();
    }

    private void changePipeline(List<String> chosen, PipelineRecipe wanted) {
        if (!chosen.equals(choice)) {
            choice = List.copyOf(chosen);
            pictures.use(wanted);
        }
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

    private boolean hasPublisher() {
        return intake instanceof PublisherIntake entrance && entrance.hasPublisher();
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

    /** When a stream's source is open, and for whom. */
    private enum Manner {
        ALWAYS,
        ON_DEMAND,
        PRIVATE
    }
}
