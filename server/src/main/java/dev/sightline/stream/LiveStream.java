package dev.sightline.stream;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.h264.SequenceParameters;
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
    private final Viewers viewers;
    private final Renditions renditions;
    private final SlateWatch slates;
    private final Production production;
    private final AtomicBoolean started = new AtomicBoolean();

    /**
     * Creates a stream that is not started yet.
     *
     * @param ofOneSender whether it is a mirror's session, which has one viewer, shows no slates, and is encoded inline
     * @param numbering numbers its frames and slates
     * @param listener is told what becomes of it
     * @param production makes its frames for the given outlet
     */
    LiveStream(
            String name,
            boolean ofOneSender,
            StreamTime time,
            Numbering numbering,
            StreamListener listener,
            Function<Outlet, Production> production) {
        this.name = name;
        this.listener = listener;
        this.viewers = new Viewers(time::now);
        this.renditions = new Renditions(name, ofOneSender, this::production, viewers);
        Timeline timeline = new Timeline();
        this.slates = new SlateWatch(this, renditions, numbering, timeline, time, !ofOneSender);
        this.production =
                production.apply(new Outlet(name, renditions, numbering, timeline, slates::stateChanged, this::close));
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
        production.use(recipe);
    }

    @Override
    public PipelineChange prepare(PipelineRecipe recipe) {
        return production.prepare(recipe);
    }

    /** Reads another source from now on; viewers stay. A publisher loses its place. */
    public void read(Source source) {
        intake().read(source);
    }

    /** Takes frames from publishers from now on, who choose from the recipe; viewers stay. */
    public void takePublishers(PipelineRecipe recipe) {
        intake().takePublishers(recipe);
    }

    /** Sets whether the source is open only while somebody watches, and for 10 s after. */
    public void onDemand(boolean whileWatched) {
        production.onDemand(whileWatched);
    }

    /** Starts to open the source and show its frames. */
    void start() {
        if (started.compareAndSet(false, true)) {
            production.start();
            slates.start();
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public StreamStatus status() {
        return production.status();
    }

    List<ProcessorStatus> processors() {
        return production.processors();
    }

    /**
     * The parameters of the source's own H.264 while it passes through to viewers of {@link Rendition.Video} of the source's
     * width; empty while their video is encoded here.
     */
    public Optional<SequenceParameters> passthrough() {
        return production.passthrough();
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
        production.input(input);
    }

    /** Whether any processor takes input from viewers now. */
    public boolean takesInput() {
        return production.takesInput();
    }

    LastPicture lastPicture() {
        return production.lastPicture();
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
        return joined(renditions.join(rendition, executor, subscriber, viewer, production::left), executor, subscriber);
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
        production.joined();
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
        return intake().whyNotPublishable();
    }

    @Override
    public Publisher publish(List<String> chosen, Sender sender) throws RefusedException {
        return production.publish(this, chosen, sender);
    }

    /** The status of the publisher; empty if there is none. */
    public Optional<PublisherStatus> publisher() {
        return intake().current().publisher().map(Publisher::status);
    }

    /** Asks the publisher's transport to end its connection, without waiting; {@code false} if there is no publisher. */
    public boolean disconnectPublisher() {
        return intake().disconnectPublisher(DISCONNECTED);
    }

    @Override
    public void checkChoice(List<String> chosen) throws RefusedException {
        intake().checkChoice(chosen);
    }

    @Override
    public void checkPublish(List<String> chosen) throws RefusedException {
        intake().checkPublish(chosen);
    }

    /** Its threads free what they hold, and viewers are told. */
    @Override
    public void close() {
        slates.stop();
        farewell();
        production.stop(!started.getAndSet(true));
        listener.closed(this);
    }

    /** The stream ends soon: see {@link Subscriber#onFarewell}. Called once. */
    void farewell() {
        slates.farewell();
    }

    /** Whether nothing was sent for 5 s. */
    boolean isSilent() {
        return intake().current() instanceof PublisherIntake publishers && publishers.isSilent();
    }

    /** Whether the stream's thread has nothing to do. */
    boolean isIdle() {
        return production.isIdle();
    }

    /** After {@link #close}: whether the stream's thread has finished. */
    boolean isOver() {
        return production.isOver();
    }

    @Override
    public void awaitEnd(long deadlineNanos) {
        production.awaitEnd(deadlineNanos).ifPresent(why -> LOG.warn("stream '{}': {}; it is left behind", name, why));
        // If a processor hangs, the stream's own thread never gets here.
        renditions.forEachSubscriber(Subscriber::onEnd);
        renditions.close();
    }

    StreamListener listener() {
        return listener;
    }

    StreamSignal signal() {
        return production.signal();
    }

    private IntakeSlot intake() {
        return production.intake();
    }

    Production production() {
        return production;
    }
}
