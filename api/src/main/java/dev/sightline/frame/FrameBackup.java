package dev.sightline.frame;

import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Remembers a frame as it was, so that a processing step that fails half-way leaves no trace.
 *
 * <p>One backup serves any number of frames, one after the other, and reuses its memory. Not thread-safe.
 */
public final class FrameBackup implements AutoCloseable {
    private final Mat picture = new Mat();
    private Metadata metadata = new Metadata();

    /** An empty backup; {@link #save} fills it. */
    public FrameBackup() {}

    /** Copies the frame's picture and metadata. */
    public void save(Frame frame) {
        frame.mat().copyTo(picture);
        metadata = frame.metadata().snapshot();
    }

    /** Copies the frame's metadata alone, for a step that leaves the picture untouched. */
    public void saveMetadata(Frame frame) {
        metadata = frame.metadata().snapshot();
    }

    /** Gives the frame the picture and metadata that {@link #save} took. */
    public void restore(Frame frame) {
        frame.replace(picture.clone());
        restoreMetadata(frame);
    }

    /** Gives the frame the metadata that {@link #saveMetadata} took. */
    public void restoreMetadata(Frame frame) {
        frame.metadata().become(metadata);
    }

    @Override
    public void close() {
        picture.close();
    }
}
