package dev.sightline.transport.webrtc;

import dev.sightline.stream.LiveStream;
import dev.sightline.stream.status.StreamState;
import dev.sightline.stream.status.StreamStatus;
import dev.sightline.transport.webrtc.sdp.H264Profile;
import java.time.Instant;
import java.util.Optional;

/**
 * What the viewers of a stream choose their renditions by, the same for all of them: how it is, as far as that is known,
 * and as usual streams are before. It is looked at anew four times a second, however many ask. Used by one thread.
 */
final class LadderConditions {
    private static final int USUAL_WIDTH = 1280;
    private static final int USUAL_HEIGHT = 720;
    private static final long FRESH_NANOS = 250_000_000L;

    /** So long pictures a second are counted. */
    private static final long MEASURED_NANOS = 2_000_000_000L;

    private final SettledPace pace = new SettledPace();
    private final EncoderLoad load = new EncoderLoad();
    private Optional<H264Profile> profile = Optional.empty();
    private boolean passed;
    private int width = USUAL_WIDTH;
    private int height = USUAL_HEIGHT;
    private boolean looked;
    private long lookedNanos;

    /** Looks at the stream, unless that was done just before. */
    void look(LiveStream stream, long nowNanos) {
        if (!looked || nowNanos - lookedNanos >= FRESH_NANOS) {
            looked = true;
            lookedNanos = nowNanos;
            see(stream.status(), nowNanos);
            see(passthrough(stream));
        }
    }

    void see(StreamStatus status, long nowNanos) {
        if (status.width() > 0) {
            width = status.width();
            height = status.height();
        }
        boolean measured = status.state() == StreamState.LIVE
                && nowNanos - nanos(status.since()) >= MEASURED_NANOS
                && status.fps() > 0;
        if (measured) {
            pace.measured(status.fps(), nowNanos);
        } else {
            pace.unknown(nowNanos);
        }
        load.see(status);
    }

    /** The profile stays what it was while the source's video is encoded again: that may be over any time. */
    void see(Optional<H264Profile> own) {
        passed = own.isPresent();
        profile = own.or(() -> profile);
    }

    /** The profile of a source's own H.264, while it passes through and can be named in WebRTC. */
    static Optional<H264Profile> passthrough(LiveStream stream) {
        return stream.passthrough().flatMap(video -> H264Profile.of(video.profile(), video.constraints()));
    }

    /** In pixels, at least 1. */
    int width() {
        return width;
    }

    /** In pixels, at least 1. */
    int height() {
        return height;
    }

    /** Pictures a second. */
    double fps() {
        return pace.fps();
    }

    /** Of the source's own H.264; empty if it has none that viewers are given, or that is not known yet. */
    Optional<H264Profile> profile() {
        return profile;
    }

    /** Whether the source's own H.264 is given to viewers at present. */
    boolean isPassed() {
        return passed;
    }

    /** Whether the encoders keep up with the pictures. */
    boolean roomForMore() {
        return !load.isHigh();
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }
}
