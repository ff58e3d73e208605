package dev.sightline.codec;

import dev.sightline.frame.Frame;
import dev.sightline.frame.Metadata;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A copy of a frame in the form for video encoders, with its identity. Used by one thread at a time. */
final class TakenPicture implements AutoCloseable {
    private @Nullable YuvPicture picture;
    private long seq;
    private long captureNanos;
    private Metadata metadata = Metadata.EMPTY;

    /** Copies a frame, scaled to a size. */
    void fill(Frame frame, VideoSize size) {
        sized(size).fill(frame.mat());
        seq = frame.seq();
        captureNanos = frame.captureNanos();
        metadata = frame.metadata().snapshot();
    }

    private YuvPicture sized(VideoSize size) {
        YuvPicture present = picture;
        if (present == null || present.width() != size.width() || present.height() != size.height()) {
            close();
            present = new YuvPicture(size.width(), size.height());
            picture = present;
        }
        return present;
    }

    /** The copy; empty before the first. */
    Optional<YuvPicture> picture() {
        return Optional.ofNullable(picture);
    }

    long seq() {
        return seq;
    }

    long captureNanos() {
        return captureNanos;
    }

    Metadata metadata() {
        return metadata;
    }

    /** The frame in gray; the caller closes it. */
    Optional<Frame> gray() {
        return picture().map(yuv -> new Frame(seq, captureNanos, yuv.gray()));
    }

    @Override
    public void close() {
        if (picture != null) {
            picture.close();
            picture = null;
        }
    }
}
