package dev.sightline.source.ffmpeg;

import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.JpegHeader;
import dev.sightline.frame.Metadata;
import dev.sightline.frame.Picture;
import dev.sightline.picture.PictureEnd;
import dev.sightline.picture.PictureKind;
import dev.sightline.source.SourceException;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/** Passes JPEG frames unchanged. */
final class JpegPassage implements PictureMaker {
    private final String subject;
    private byte[] jpeg = {};
    private JpegHeader header = new JpegHeader(1, 1);
    private long timeNanos;
    private long durationNanos;
    private boolean ready;
    private boolean finished;

    /** Creates one; messages name the subject. */
    JpegPassage(String subject) {
        this.subject = subject;
    }

    @Override
    public Step next() {
        if (ready) {
            ready = false;
            return Step.PICTURE;
        }
        return finished ? Step.END : Step.PACKET;
    }

    @Override
    public Step offer(AVPacket packet) throws SourceException {
        byte[] bytes = bytes(packet);
        Optional<JpegHeader> size = JpegHeader.of(bytes);
        if (size.isEmpty() || takesTooLong(bytes)) {
            return Step.DAMAGED;
        }
        header = PictureSize.checked(subject, size.get());
        jpeg = HuffmanTables.completed(bytes);
        timeNanos = packet.pts();
        durationNanos = packet.duration();
        ready = true;
        return next();
    }

    static byte[] bytes(AVPacket packet) {
        byte[] bytes = new byte[packet.size()];
        packet.data().get(bytes);
        return bytes;
    }

    /** Whether it has more scans or segments than any camera's, which would keep a decoder busy for seconds. */
    static boolean takesTooLong(byte[] jpeg) {
        PictureEnd end = PictureKind.JPEG.end();
        end.find(jpeg, jpeg.length);
        return end.excess().isPresent();
    }

    @Override
    public Step finish() {
        finished = true;
        return next();
    }

    @Override
    public void reset() {
        ready = false;
        finished = false;
    }

    @Override
    public long timeNanos() {
        return timeNanos;
    }

    @Override
    public long durationNanos() {
        return durationNanos;
    }

    @Override
    public Picture picture(long seq, long captureNanos) {
        return EncodedFrame.mjpeg(jpeg, header.width(), header.height(), seq, captureNanos, Metadata.EMPTY);
    }

    @Override
    public void close() {
        // Owns only garbage-collected memory.
    }
}
