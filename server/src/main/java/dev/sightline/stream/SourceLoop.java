package dev.sightline.stream;

import dev.sightline.frame.Frame;
import dev.sightline.frame.Picture;
import dev.sightline.source.Numbering;
import dev.sightline.source.Source;
import dev.sightline.source.SourceException;
import dev.sightline.source.SourceReader;
import dev.sightline.stream.status.StreamState;
import dev.sightline.worker.WorkNote;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a source open while it is needed and reads it: every frame goes into the slot, at the source's pace. A lost source is
 * retried for ever; another one may take its place at any time. Runs on the stream's reader thread.
 */
final class SourceLoop implements Intake, Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(SourceLoop.class);
    private static final int LONGEST_REASON = 500;

    private final String name;
    private final Numbering numbering;
    private final Target target;
    private final PictureSlot slot;
    private final StreamStateTracker signal;
    private final Demand demand;
    private final Thread thread;
    private volatile Source source;
    private volatile boolean stopped;
    /** Written by the reader's thread, read by any. */
    private volatile long damaged;
    /** Of the source as it was last opened; written by its thread, read by the watch. */
    private volatile @Nullable SourceReader lastOpened;
    /** When the last logged loss happened; empty if no line about its end is due. Used only by the watch. */
    private OptionalLong lostSince = OptionalLong.empty();

    private final Backoff backoff =
            new Backoff(() -> ThreadLocalRandom.current().nextDouble());

    SourceLoop(Target target, Source source) {
        this.target = target;
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

    /** Reads another source from now on; any thread. The last one is closed before this is opened, and nothing of it comes any more. */
    synchronized void use(Source other) {
        source = other;
        target.change();
        thread.interrupt();
    }

    /** Nothing comes any more, even if the source takes a while to end. */
    @Override
    public synchronized void stop() {
        stopped = true;
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
        try (WorkNote note = target.notes().waiting(name)) {
            note.begin();
            readAll();
        }
    }

    private void readAll() {
        for (Optional<Source> next = begin(); next.isPresent(); next = begin()) {
            Source present = next.get();
            try {
                boolean again = attempt(present);
                if (present == source && again) {
                    demand.pause(backoff.nextMillis());
                } else if (present == source) {
                    demand.awaitStop();
                }
            } catch (InterruptedException e) {
                LOG.debug("stream '{}': its source is stopped or changed", name);
            }
            if (present != source) {
                backoff.reset();
                ifRead(source, () -> signal.interrupted("its source was changed, and the new one is being opened"));
            }
        }
    }

    /** Does something for a source; false if it was stopped, or another has taken its place. */
    private synchronized boolean ifRead(Source present, Runnable action) {
        boolean read = !stopped && present == source;
        if (read) {
            action.run();
        }
        return read;
    }

    /** The source to read, which the change to it does not interrupt; empty once it is stopped. */
    private synchronized Optional<Source> begin() {
        if (stopped || demand.stopped()) {
            return Optional.empty();
        }
        Thread.interrupted();
        return Optional.of(source);
    }

    /** Opens the source and reads it; answers whether to try again. */
    private boolean attempt(Source present) throws InterruptedException {
        if (!demand.wanted()) {
            ifRead(present, signal::idle);
            backoff.reset();
            demand.awaitWanted();
        }
        if (!ifRead(present, signal::opening)) {
            return true;
        }
        try (SourceReader reader = present.open(numbering)) {
            return drain(present, reader);
        } catch (SourceException e) {
            // Libraries put addresses into their messages, including passwords.
            interrupted(present, e.getMessage() == null ? "the source was lost" : e.getMessage());
        } catch (RuntimeException | LinkageError | VirtualMachineError e) {
            // Whatever the source sent, the next attempt may work.
            LOG.warn("stream '{}': its source failed unexpectedly", name, e);
            interrupted(present, "the source failed: " + e);
        }
        return true;
    }

    private void interrupted(Source present, String why) {
        ifRead(present, () -> signal.interrupted(present.shown(shortened(why))));
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

    private boolean drain(Source present, SourceReader reader) throws SourceException, InterruptedException {
        long before = damaged;
        lastOpened = reader;
        while (demand.wanted() && !stopped && present == source) {
            Optional<Picture> picture = read(reader, before);
            if (picture.isEmpty()) {
                LOG.info("stream '{}': {} has ended", name, present.address());
                ifRead(present, signal::ended);
                return false;
            }
            take(present, picture.get());
            backoff.reset();
        }
        return true;
    }

    private void take(Source present, Picture picture) {
        boolean taken = ifRead(present, () -> {
            signal.arrived(picture.seq());
            slot.put(picture);
        });
        if (!taken && picture instanceof Frame frame) {
            frame.close();
        }
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
