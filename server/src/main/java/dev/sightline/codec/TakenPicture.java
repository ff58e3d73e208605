package dev.sightline.codec;

import dev.sightline.frame.Frame;
import dev.sightline.frame.Metadata;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A copy of a picture as video encoders want it, with its identity. Used by one thread at a time. */
final class TakenPicture implements AutoCloseable {
    private @Nullable YuvPicture picture;
    private long seq;
    private long captureNanos;
    private Metadata metadata = Metadata.EMPTY;

    /** Copies a picture, scaled to a rendition's width. */
    void fill(Frame frame, int width) {
        sized(VideoSize.of(frame.width(), frame.height(), width)).fill(frame.mat());
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

    /** The copy; empty as long as none was made. */
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

    /** The picture in gray; the caller closes it. */
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
