package dev.sightline.codec;

import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVBufferRef;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avutil;

/** A device that encodes, the first of its kind that FFmpeg finds. Used by one thread at a time. */
final class Device implements AutoCloseable {
    private final AVBufferRef reference;

    private Device(AVBufferRef reference) {
        this.reference = reference;
    }

    /**
     * Opens the device; empty if this machine has none.
     *
     * @param type FFmpeg's number of its kind
     */
    static Optional<Device> open(int type) {
        AVBufferRef reference = new AVBufferRef(null);
        int code = avutil.av_hwdevice_ctx_create(reference, type, (String) null, (AVDictionary) null, 0);
        return code < 0 ? Optional.empty() : Optional.of(new Device(reference));
    }

    /** FFmpeg's reference to it; to store it, create a new reference. */
    AVBufferRef reference() {
        return reference;
    }

    @Override
    public void close() {
        avutil.av_buffer_unref(reference);
    }
}
