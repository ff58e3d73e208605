package dev.sightline.stream;

import dev.sightline.frame.Picture;
import dev.sightline.source.Numbering;
import dev.sightline.source.Source;
import dev.sightline.source.SourceException;
import dev.sightline.source.SourceReader;
import dev.sightline.stream.status.StreamState;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a source open while it is needed and reads it: every frame goes into the slot, at the source's pace. A lost source is
 * retried for ever. Runs on the stream's reader thread.
 */
final class SourceLoop implements Intake, Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(SourceLoop.class);
    private static final int LONGEST_REASON = 500;

    private final String name;
    private final Source source;
    private final Numbering numbering;
    private final PictureSlot slot;
    private final StreamStateTracker signal;
    private final Demand demand;
    private final Thread thread;
    /** Written by the reader's thread, read by any. */
    private volatile long damaged;
    /** Of the source as it was last opened; written by its thread, read by the watch. */
    private volatile @Nullable SourceReader lastOpened;
    /** When the last logged loss happened; empty if no line about its end is due. Used only by the watch. */
    private OptionalLong lostSince = OptionalLong.empty();

    private final Backoff backoff =
            new Backoff(() -> ThreadLocalRandom.current().nextDouble());

    SourceLoop(Target target, Source source) {
        this.name = target.name();
        this.source = source;
        this.numbering = target.numbering();
        this.slot = target.slot();
        this.signal = target.signal();
        this.demand = target.demand();
        this.thread = Threads.daemon(this, name + "-reader");
    }

    @Override
    public String address() {
        return source.address();
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void stop() {
        thread.interrupt();
    }

    @Override
    public void awaitEnd(long deadlineNanos) {
        if (!Threads.join(thread, deadlineNanos)) {
            LOG.warn("stream '{}': its source did not end in time and is left behind", name);
        }
    }

    @Override
    public void run() {
        try {
            while (!demand.stopped() && attempt()) {
                demand.pause(backoff.nextMillis());
            }
        } catch (InterruptedException e) {
            // The stream stops.
            Thread.currentThread().interrupt();
        }
    }

    /** Opens the source and reads it; answers whether to try again. */
    private boolean attempt() throws InterruptedException {
        if (!demand.wanted()) {
            signal.idle();
            backoff.reset();
            demand.awaitWanted();
        }
        signal.opening();
        try (SourceReader reader = source.open(numbering)) {
            return drain(reader);
        } catch (SourceException e) {
            // Libraries put addresses into their messages, including passwords.
            interrupted(e.getMessage() == null ? "the source was lost" : e.getMessage());
        } catch (RuntimeException | LinkageError | VirtualMachineError e) {
            // Whatever the source sent, the next attempt may work.
            LOG.warn("stream '{}': its source failed unexpectedly", name, e);
            interrupted("the source failed: " + e);
        }
        return true;
    }

    private void interrupted(String why) {
        signal.interrupted(source.shown(shortened(why)));
    }

    /** Cuts between words: in half an address, a secret could not be recognized any more. */
    private static String shortened(String reason) {
        if (reason.length() <= LONGEST_REASON) {
            return reason;
        }
        int end = Math.max(0, reason.lastIndexOf(' ', LONGEST_REASON));
        return reason.substring(0, end) + " …";
    }

    @Override
    public long damaged() {
        return damaged;
    }

    private boolean drain(SourceReader reader) throws SourceException, InterruptedException {
        long before = damaged;
        lastOpened = reader;
        while (demand.wanted()) {
            Optional<Picture> picture = read(reader, before);
            if (picture.isEmpty()) {
                LOG.info("stream '{}': {} has ended", name, source.address());
                signal.ended();
                return false;
            }
            signal.arrived(picture.get().seq());
            slot.put(picture.get());
            backoff.reset();
        }
        return true;
    }

    private Optional<Picture> read(SourceReader reader, long damagedBefore)
            throws SourceException, InterruptedException {
        try {
            return reader.read();
        } finally {
            damaged = damagedBefore + reader.damaged();
        }
    }

    /** By the watch: reports that the source rests, and logs one line when the source is lost, and one when it is back. */
    @Override
    public void check() {
        SourceReader reader = lastOpened;
        if (reader != null && reader.isResting()) {
            signal.resting();
        }
        StreamState state = signal.state();
        if (state == StreamState.OFFLINE && lostSince.isEmpty()) {
            lostSince = OptionalLong.of(numbering.clock().nanos());
            LOG.warn("stream '{}': {}; trying again", name, signal.reason().orElse("the source was lost"));
        } else if (state == StreamState.LIVE && lostSince.isPresent()) {
            long seconds = TimeUnit.NANOSECONDS.toSeconds(numbering.clock().nanos() - lostSince.getAsLong());
            LOG.info("stream '{}': the source is back after {} s", name, seconds);
            lostSince = OptionalLong.empty();
        } else if (state == StreamState.IDLE) {
            // The result of the next attempt is logged again.
            lostSince = OptionalLong.empty();
        }
    }
}
