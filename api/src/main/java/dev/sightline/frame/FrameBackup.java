package dev.sightline.frame;

import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Saves a frame's content, so that a processing step that fails half-way leaves no trace.
 *
 * <p>One backup serves any number of frames, one after the other, and reuses its memory. Not thread-safe.
 */
public final class FrameBackup implements AutoCloseable {
    private final Mat picture = new Mat();
    private Metadata metadata = new Metadata();

    /** Creates an empty backup; {@link #save} fills it. */
    public FrameBackup() {}

    /** Copies the frame's pixels and metadata. */
    public void save(Frame frame) {
        frame.mat().copyTo(picture);
        metadata = frame.metadata().snapshot();
    }

    /** Copies only the frame's metadata, for a step that does not change pixels. */
    public void saveMetadata(Frame frame) {
        metadata = frame.metadata().snapshot();
    }

    /** Restores the pixels and metadata that {@link #save} copied. */
    public void restore(Frame frame) {
        frame.replace(picture.clone());
        restoreMetadata(frame);
    }

    /** Restores the metadata that {@link #saveMetadata} copied. */
    public void restoreMetadata(Frame frame) {
        frame.metadata().become(metadata);
    }

    @Override
    public void close() {
        picture.close();
    }
}
