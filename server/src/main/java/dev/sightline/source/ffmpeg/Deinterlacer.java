package dev.sightline.source.ffmpeg;

import dev.sightline.source.SourceException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Deinterlaces the frames of a video from the first interlaced one on; until then it costs nothing and stores nothing. Frames
 * may change their size and format at any time. Used by one thread.
 */
final class Deinterlacer implements AutoCloseable {
    /** The minimum for bwdif. */
    private static final int LEAST_WIDTH = 3;

    private static final int LEAST_HEIGHT = 4;

    private final String subject;
    private final boolean enabled;
    /** One for each size and format with frames still to come out; the last accepts frames. */
    private final Deque<BwdifGraph> graphs = new ArrayDeque<>();

    /** Creates a deinterlacer; one that is not enabled wants no frames. */
    Deinterlacer(String subject, boolean enabled) {
        this.subject = subject;
        this.enabled = enabled;
    }

    /** Whether a frame must be offered: it is interlaced, or follows one that was. */
    boolean wants(AVFrame frame) {
        return !graphs.isEmpty()
                || enabled
                        && (frame.flags() & AVFrame.AV_FRAME_FLAG_INTERLACED) != 0
                        && frame.width() >= LEAST_WIDTH
                        && frame.height() >= LEAST_HEIGHT;
    }

    /** Takes a frame's content, with its time in nanoseconds. */
    void offer(AVFrame frame) throws SourceException {
        if (graphs.isEmpty() || !graphs.getLast().takes(frame)) {
            BwdifGraph next = BwdifGraph.like(subject, frame);
            finish();
            graphs.addLast(next);
        }
        graphs.getLast().offer(frame);
    }

    /** Moves the next progressive frame, if any, with its time into the given one. */
    boolean poll(AVFrame frame) {
        while (!graphs.isEmpty()) {
            avutil.av_frame_unref(frame);
            if (graphs.getFirst().poll(frame)) {
                return true;
            }
            if (graphs.size() == 1) {
                return false;
            }
            graphs.removeFirst().close();
        }
        return false;
    }

    /** No more frames come; true if that may release some. */
    boolean finish() {
        return !graphs.isEmpty() && graphs.getLast().finish();
    }

    /** Discards all frames. */
    void reset() {
        graphs.forEach(BwdifGraph::close);
        graphs.clear();
    }

    @Override
    public void close() {
        reset();
    }
}
