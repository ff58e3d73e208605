package dev.sightline.testkit.webrtc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts the pictures of one row of packets together, in their order, and counts what is missing. Where pictures are put
 * together and one stays broken, nothing is whole until a keyframe is. For one thread.
 */
final class Reception {
    private static final int WAITING_FOR_REPAIR = 45;
    private static final int WAITING_FOR_REORDERED = 3;
    private static final int MOST_MISSING = 2000;
    private static final int MOST_TRIES = 10;
    private static final long AGAIN_NANOS = 100_000_000;

    private final boolean keepPayloads;
    private final int patience;
    private final Consumer<FrameArrival> frames;
    private final Runnable broken;
    private final TreeMap<Long, OpenFrame> open = new TreeMap<>();
    private final TreeMap<Long, Hole> missing = new TreeMap<>();
    private long first = -1;
    private long highest = -1;
    private long newestTimestamp = -1;
    private long closedTimestamp = -1;
    private long nextSequence = -1;
    private long settledBefore;
    private long received;
    private long duplicates;
    private long late;

    /** A packet that has not come: how often it was asked for and when last. */
    private record Hole(int tries, long askedNanos) {}

    /** With who is told of each picture, and of each that stays broken. */
    Reception(boolean keepPayloads, boolean repair, Consumer<FrameArrival> frames, Runnable broken) {
        this.keepPayloads = keepPayloads;
        this.patience = repair ? WAITING_FOR_REPAIR : WAITING_FOR_REORDERED;
        this.frames = frames;
        this.broken = broken;
    }

    /** Takes a packet in; its payload is null if it was not decrypted. */
    void packet(
            VideoCodec codec, int sequence16, long timestamp32, boolean marker, int size, byte @Nullable [] payload) {
        long nanos = System.nanoTime();
        long sequence = unwrapped(sequence16, highest, 16);
        long timestamp = unwrapped(timestamp32, newestTimestamp, 32);
        if (!isNew(sequence)) {
            duplicates++;
            return;
        }
        received++;
        if (timestamp <= closedTimestamp) {
            late++;
            return;
        }
        newestTimestamp = Math.max(newestTimestamp, timestamp);
        open.computeIfAbsent(timestamp, at -> new OpenFrame(timestamp32, codec, keepPayloads, nanos))
                .add(sequence, marker, size, payload, nanos);
        settle();
    }

    /** Whether a packet begins a picture of which nothing has come yet. */
    boolean opensFrame(long timestamp32) {
        return !open.containsKey(unwrapped(timestamp32, newestTimestamp, 32));
    }

    /** The packets to ask for now, in ascending order, each at most once in a while and only some times. */
    List<Long> wanted() {
        long now = System.nanoTime();
        List<Long> due = new ArrayList<>();
        for (Map.Entry<Long, Hole> entry : missing.tailMap(settledBefore).entrySet()) {
            Hole hole = entry.getValue();
            if (hole.tries() < MOST_TRIES && (hole.tries() == 0 || now - hole.askedNanos() >= AGAIN_NANOS)) {
                due.add(entry.getKey());
                entry.setValue(new Hole(hole.tries() + 1, now));
            }
        }
        return due;
    }

    /** Packets that came, each once. */
    long received() {
        return received;
    }

    /** Packets between the first and the highest that never came. */
    long lost() {
        return highest < 0 ? 0 : highest - first + 1 - received;
    }

    long duplicates() {
        return duplicates;
    }

    long late() {
        return late;
    }

    /** The highest sequence number, extended. */
    long highest() {
        return highest;
    }

    private boolean isNew(long sequence) {
        if (highest < 0) {
            first = sequence;
            highest = sequence;
            return true;
        }
        if (sequence <= highest) {
            return missing.remove(sequence) != null;
        }
        for (long hole = Math.max(highest + 1, sequence - MOST_MISSING); hole < sequence; hole++) {
            missing.put(hole, new Hole(0, 0));
        }
        highest = sequence;
        while (!missing.isEmpty() && missing.firstKey() < highest - MOST_MISSING) {
            missing.pollFirstEntry();
        }
        return true;
    }

    private void settle() {
        while (!open.isEmpty()) {
            Map.Entry<Long, OpenFrame> oldest = open.firstEntry();
            if (isWhole(oldest.getValue())) {
                close(oldest, true);
            } else if (open.size() > patience || isFollowedByWholeKeyframe()) {
                close(oldest, false);
            } else {
                return;
            }
        }
    }

    private boolean isWhole(OpenFrame frame) {
        boolean follows = nextSequence < 0 ? !keepPayloads || frame.isKeyframe() : frame.lowest() == nextSequence;
        return follows && frame.hasNoGap();
    }

    private boolean isFollowedByWholeKeyframe() {
        return open.values().stream().skip(1).anyMatch(frame -> frame.isKeyframe() && frame.hasNoGap());
    }

    private void close(Map.Entry<Long, OpenFrame> oldest, boolean whole) {
        open.remove(oldest.getKey());
        closedTimestamp = oldest.getKey();
        OpenFrame frame = oldest.getValue();
        nextSequence = whole ? frame.last() + 1 : -1;
        settledBefore = whole ? nextSequence : frame.lowest();
        frames.accept(frame.closed(whole));
        if (!whole) {
            broken.run();
        }
    }

    /** The number near a known one of which only the low bits are known. */
    private static long unwrapped(long low, long near, int bits) {
        if (near < 0) {
            return low + (1L << bits);
        }
        long round = 1L << bits;
        long guess = (near & -round) | low;
        if (guess - near > round / 2) {
            guess -= round;
        } else if (near - guess > round / 2) {
            guess += round;
        }
        return guess;
    }
}
