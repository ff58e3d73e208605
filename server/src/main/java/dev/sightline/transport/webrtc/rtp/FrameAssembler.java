package dev.sightline.transport.webrtc.rtp;

import dev.sightline.frame.Codec;
import java.util.Optional;

/**
 * Assembles frames from packets in order, and withholds those that cannot be decoded because something before them was lost.
 * Used on the media thread.
 */
final class FrameAssembler {
    /** A frame of more bytes is dropped. */
    static final int GREATEST_PICTURE = 4 << 20;

    private final Codec codec;
    private final Depacketiser depacketiser;
    private boolean keyframeNeeded = true;
    private boolean begun;
    private boolean broken;
    private long timestamp;
    private long dropped;

    FrameAssembler(Codec codec) {
        this.codec = codec;
        this.depacketiser = Depacketiser.of(codec);
    }

    /** Adds the packet that follows the last one; returns a frame if this completes one that can be decoded. */
    Optional<ReceivedFrame> add(ArrivedPacket packet, long nowNanos) {
        if (packet.payload().length == 0) {
            return Optional.empty();
        }
        if (begun && packet.timestamp() != timestamp) {
            // Its last packet had no marker.
            drop();
        }
        if (!begun) {
            begun = true;
            timestamp = packet.timestamp();
            broken = !depacketiser.startsPicture(packet.payload());
        }
        broken = broken || !depacketiser.add(packet.payload()) || depacketiser.size() > GREATEST_PICTURE;
        if (broken) {
            depacketiser.reset();
        }
        return packet.marker() ? end(nowNanos) : Optional.empty();
    }

    /** Packets are missing here for good. */
    void lost() {
        if (begun) {
            drop();
        }
        keyframeNeeded = true;
    }

    /** Whether nothing can be decoded before the next keyframe. */
    boolean keyframeNeeded() {
        return keyframeNeeded;
    }

    /** Whether a keyframe begins with this payload. */
    boolean startsKeyframe(byte[] payload) {
        return depacketiser.startsKeyframe(payload);
    }

    /** The number of dropped frames. */
    long dropped() {
        return dropped;
    }

    private Optional<ReceivedFrame> end(long nowNanos) {
        boolean keyframe = depacketiser.keyframe();
        if (broken || !depacketiser.complete() || keyframeNeeded && !keyframe) {
            drop();
            return Optional.empty();
        }
        begun = false;
        keyframeNeeded = false;
        return Optional.of(new ReceivedFrame(codec, depacketiser.finish(), keyframe, timestamp, nowNanos));
    }

    private void drop() {
        depacketiser.reset();
        begun = false;
        broken = false;
        keyframeNeeded = true;
        dropped++;
    }
}
