package dev.sightline.transport.webrtc;

import dev.sightline.stream.StreamStatus;

/** Whether a stream's encoders keep up with its pictures: a further rendition is for those alone. Used on the media thread. */
final class EncoderLoad {
    private static final double BEARABLE = 0.05;

    private long frames;
    private long skipped;
    private boolean high;

    /** Judges by what happened since the last look, once that is some pictures. */
    boolean isHigh(StreamStatus status) {
        long newFrames = status.frames() - frames;
        if (newFrames >= 30) {
            high = status.dropped().encoders() - skipped > newFrames * BEARABLE;
            frames = status.frames();
            skipped = status.dropped().encoders();
        }
        return high;
    }
}
