package dev.sightline.testkit.webrtc;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A picture some of whose packets have come. */
final class OpenFrame {
    private static final byte[] NO_DATA = {};

    private final long rtpTimestamp;
    private final VideoCodec codec;
    private final @Nullable Map<Long, byte[]> payloads;
    private final long firstNanos;
    private long lastNanos;
    private long lowest = Long.MAX_VALUE;
    private long last = -1;
    private int packets;
    private int bytes;
    private boolean keyframe;

    OpenFrame(long rtpTimestamp, VideoCodec codec, boolean keepPayloads, long nanos) {
        this.rtpTimestamp = rtpTimestamp;
        this.codec = codec;
        this.payloads = keepPayloads ? new TreeMap<>() : null;
        this.firstNanos = nanos;
    }

    /** Adds a packet; its payload may be unknown. */
    void add(long sequence, boolean marker, int size, byte @Nullable [] payload, long nanos) {
        lowest = Math.min(lowest, sequence);
        last = marker ? sequence : last;
        packets++;
        bytes += size;
        lastNanos = nanos;
        if (payload != null && payload.length > 0) {
            keyframe |= codec.startsKeyframe(payload);
            if (payloads != null) {
                payloads.put(sequence, payload);
            }
        }
    }

    /** Whether no packet between its first known one and its end is missing. */
    boolean hasNoGap() {
        return last >= 0 && packets == last - lowest + 1;
    }

    /** The number of its first known packet. */
    long lowest() {
        return lowest;
    }

    /** The number of its last packet, -1 as long as that has not come. */
    long last() {
        return last;
    }

    boolean isKeyframe() {
        return keyframe;
    }

    FrameArrival closed(boolean whole) {
        return new FrameArrival(
                rtpTimestamp,
                keyframe,
                whole,
                packets,
                bytes,
                firstNanos,
                lastNanos,
                whole && payloads != null ? codec.join(payloads.values()) : NO_DATA);
    }
}
