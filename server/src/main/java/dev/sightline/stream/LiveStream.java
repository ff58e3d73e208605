package dev.sightline.stream;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.CaptureClock;
import dev.sightline.frame.Frame;
import dev.sightline.frame.Picture;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.source.Numbering;
import dev.sightline.source.Source;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A live stream: pictures from a source, through a pipeline, encoded once for each rendition, handed to everybody who
 * watches.
 *
 * <pre>
 *  Source ──> NewestSlot ──> Pipeline ──> RenditionTrack ──> Fanout ──> Subscription ──> viewer
 *  SourceLoop                PictureLoop  one thread each    one task   one per viewer,
 *  reader thread             stream's thread                 per loop   newest wins
 * </pre>
 *
 * <p>Its methods may be called by any thread. Between any two stages lies room for one picture, never a queue.
 */
public final class LiveStream implements AutoCloseable {
    private static final long STOP_MILLIS = 12_000;

    private final String name;
    private final Source source;
    private final Signal signal;
    private final Demand demand;
    private final NewestSlot<Picture> slot = new NewestSlot<>(LiveStream::discard);
    private final Renditions renditions;
    private final PictureLoop pictures;
    private final Pipeline pipeline;
    private final SlateWatch slates;
    private final SourceLoop sourceLoop;
    private final Thread reader;
    private final Thread thread;
    private final AtomicBoolean started = new AtomicBoolean();

    /**
     * A stream, not started yet.
     *
     * @param pipeline runs on the stream's thread, which closes it
     * @param onDemand whether the source is open only while somebody watches
     * @param watch notices that time passes, and makes slates
     */
    LiveStream(String name, Source source, Pipeline pipeline, boolean onDemand, ScheduledExecutorService watch) {
        this.name = name;
        this.source = source;
        this.pipeline = pipeline;
        this.renditions = new Renditions(name);
        this.demand = new Demand(onDemand);
        Numbering numbering = new Numbering(CaptureClock.system());
        this.slates = new SlateWatch(this, renditions, numbering, watch);
        this.signal = new Signal(numbering.clock(), slates::stateChanged);
        this.pictures = new PictureLoop(name, slot, pipeline, renditions, signal);
        this.sourceLoop = new SourceLoop(name, source, numbering, slot, signal, demand);
        this.reader = daemon(sourceLoop, name + "-reader");
        this.thread = daemon(pictures, name + "-stream");
    }

    /** Begins to open the source and to show its pictures. */
    void start() {
        if (started.compareAndSet(false, true)) {
            reader.start();
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
                source.address(),
                signal.state(),
                signal.reason(),
                signal.since(),
                signal.lastPicture(),
                pictures.width(),
                pictures.height(),
                pictures.fps(),
                pictures.frames(),
                demand.viewers(),
                new StreamStatus.Dropped(
                        slot.dropped(),
                        renditions.droppedByEncoders(),
                        renditions.droppedByViewers(),
                        pictures.broken() + sourceLoop.damaged()),
                signal.retries(),
                pipeline.statuses(),
                renditions.tracks().stream().map(RenditionTrack::status).toList());
    }

    /**
     * Adds a viewer, who is shown the latest picture at once if there is one.
     *
     * @param executor on which all calls to the subscriber are made, one at a time; usually the viewer's event loop
     * @throws RenditionLimitException if the stream encodes as many renditions as it may
     */
    public Subscription subscribe(Rendition rendition, Executor executor, Subscriber subscriber)
            throws RenditionLimitException {
        Renditions.Joined joined = renditions.join(rendition, executor, subscriber, demand::left);
        demand.joined();
        if (joined.started()) {
            slates.trackStarted(joined.track());
        }
        executor.execute(() -> subscriber.onState(status()));
        return joined.subscription();
    }

    /** Tells all threads of the stream to end, without waiting for them. */
    void stopping() {
        demand.stop();
        slates.stop();
        reader.interrupt();
        slot.close();
    }

    /** Ends the stream: viewers are told, and everything it holds is freed. Waits for its threads. */
    @Override
    public void close() {
        stopping();
        if (started.get()) {
            join(reader);
            join(thread);
        } else {
            pipeline.close();
        }
        renditions.forEachSubscriber(Subscriber::onEnd);
        renditions.close();
    }

    Signal signal() {
        return signal;
    }

    private static void discard(Picture picture) {
        if (picture instanceof Frame frame) {
            frame.close();
        }
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    private static void join(Thread thread) {
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
