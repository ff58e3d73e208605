package dev.sightline.transport.webrtc;

import dev.sightline.codec.Rendition;
import dev.sightline.codec.VideoLadder;
import dev.sightline.frame.Codec;
import dev.sightline.h264.H264Profile;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.status.StreamState;
import dev.sightline.stream.status.StreamStatus;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The conditions by which all viewers of a stream choose their renditions: measured where possible, typical values before. They
 * are updated four times a second, however many viewers ask. Used on the media thread; a viewer that arrives asks for its rungs on another.
 */
final class LadderConditions {
    private static final int USUAL_WIDTH = 1280;
    private static final int USUAL_HEIGHT = 720;
    private static final long FRESH_NANOS = 250_000_000L;

    /** The time over which frames per second are measured. */
    private static final long MEASURED_NANOS = 2_000_000_000L;

    private final SettledPace pace = new SettledPace();
    private final EncoderLoad load = new EncoderLoad();
    private Optional<H264Profile> profile = Optional.empty();
    private boolean passed;
    private int width = USUAL_WIDTH;
    private int height = USUAL_HEIGHT;
    private final TopRate top = new TopRate();
    private final int capOf720;
    private int topRate;
    /** By what a viewer takes; forgotten when anything changes. */
    private final Map<Ladder, List<Rendition.Video>> rungs = new HashMap<>();

    private boolean looked;
    private long lookedNanos;

    /** @param capOf720 the highest rate of the best rendition of 1280x720, in bits per second; other sizes in proportion */
    LadderConditions(int capOf720) {
        this.capOf720 = capOf720;
    }

    /** Updates the conditions, unless that was done just before. */
    synchronized void look(LiveStream stream, long nowNanos) {
        if (!looked || nowNanos - lookedNanos >= FRESH_NANOS) {
            looked = true;
            lookedNanos = nowNanos;
            see(stream.status(), nowNanos);
            see(passthrough(stream));
        }
    }

    synchronized void see(StreamStatus status, long nowNanos) {
        rungs.clear();
        if (status.pictures().width() > 0) {
            width = status.pictures().width();
            height = status.pictures().height();
        }
        boolean measured = status.state() == StreamState.LIVE
                && nowNanos - nanos(status.signal().since()) >= MEASURED_NANOS
                && status.pictures().fps() > 0;
        if (measured) {
            pace.measured(status.pictures().fps(), nowNanos);
        } else {
            pace.unknown(nowNanos);
        }
        load.see(status);
        topRate = top.rate(base(), cap(), load, nowNanos);
    }

    /** The renditions of a ladder, best first; found once for all its viewers. */
    synchronized List<Rendition.Video> rungs(Ladder ladder) {
        return rungs.computeIfAbsent(ladder, each -> each.rungs(this));
    }

    /** The line of one of its viewers carries so many bits per second. */
    void carries(long bitsPerSecond) {
        top.carries(bitsPerSecond);
    }

    /** Whether the best rendition would have a higher rate if a line were known to carry it. */
    boolean seeksMore(long nowNanos) {
        return !passed && load.isLow() && top.seeksMore(base(), cap(), nowNanos);
    }

    /** The rate for the best rendition encoded here, in bits per second; 0 until it is known. */
    int topRate() {
        return topRate;
    }

    private int base() {
        return VideoLadder.rungs(Codec.VP8, width, height, pace.fps()).get(0).bitsPerSecond();
    }

    private int cap() {
        return VideoLadder.cap(width, height, capOf720);
    }

    /** The profile stays while the source's video is encoded temporarily, since passthrough may resume at any time. */
    synchronized void see(Optional<H264Profile> own) {
        rungs.clear();
        passed = own.isPresent();
        profile = own.or(() -> profile);
    }

    /** The profile of a source's own H.264, during passthrough and if WebRTC can name it. */
    static Optional<H264Profile> passthrough(LiveStream stream) {
        return stream.passthrough().flatMap(video -> video.kind().named());
    }

    /** In pixels, at least 1. */
    int width() {
        return width;
    }

    /** In pixels, at least 1. */
    int height() {
        return height;
    }

    /** Frames per second. */
    double fps() {
        return pace.fps();
    }

    /** The profile of the source's own H.264; empty if viewers do not get any, or it is not known yet. */
    Optional<H264Profile> profile() {
        return profile;
    }

    /** Whether viewers get the source's own H.264 now. */
    boolean isPassed() {
        return passed;
    }

    /** Whether the encoders keep up with the frames. */
    boolean roomForMore() {
        return !load.isHigh();
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }
}
