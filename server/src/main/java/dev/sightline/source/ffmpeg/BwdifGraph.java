package dev.sightline.source.ffmpeg;

import dev.sightline.ffmpeg.NativeError;
import dev.sightline.source.SourceException;
import org.bytedeco.ffmpeg.avfilter.AVFilterContext;
import org.bytedeco.ffmpeg.avfilter.AVFilterGraph;
import org.bytedeco.ffmpeg.avfilter.AVFilterInOut;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avfilter;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * FFmpeg's filter {@code bwdif} for frames of one size and pixel format: each interlaced frame becomes one progressive frame,
 * others pass unchanged. A frame comes out when the next one goes in. Used by one thread.
 */
final class BwdifGraph implements AutoCloseable {
    private static final String IN = "buffer@in";
    private static final String OUT = "buffersink@out";

    private final AVFilterGraph graph;
    private final AVFilterContext in;
    private final AVFilterContext out;
    private final AVRational timeBase;
    private final int width;
    private final int height;
    private final int format;
    private boolean finished;

    private BwdifGraph(AVFilterGraph graph, AVFrame like) {
        this.graph = graph;
        this.in = avfilter.avfilter_graph_get_filter(graph, IN);
        this.out = avfilter.avfilter_graph_get_filter(graph, OUT);
        this.timeBase = avfilter.av_buffersink_get_time_base(out);
        this.width = like.width();
        this.height = like.height();
        this.format = like.format();
    }

    /** Creates a filter for frames like the given one. */
    static BwdifGraph like(String subject, AVFrame frame) throws SourceException {
        AVFilterGraph graph = avfilter.avfilter_graph_alloc();
        // A frame is little work: more threads would only wait for each other.
        graph.nb_threads(1);
        String filters = IN + "=video_size=" + frame.width() + "x" + frame.height() + ":pix_fmt=" + frame.format()
                + ":time_base=1/1000000000,bwdif=mode=send_frame:deint=interlaced," + OUT;
        int code = avfilter.avfilter_graph_parse2(graph, filters, new AVFilterInOut(null), new AVFilterInOut(null));
        if (code >= 0) {
            code = avfilter.avfilter_graph_config(graph, null);
        }
        if (code < 0) {
            avfilter.avfilter_graph_free(graph);
            throw new SourceException(subject + ": its interlaced pictures cannot be deinterlaced ("
                    + NativeError.text(code) + "); 'deinterlace: off' shows them as they are");
        }
        return new BwdifGraph(graph, frame);
    }

    /** Whether it accepts this frame. */
    boolean takes(AVFrame frame) {
        return !finished && frame.width() == width && frame.height() == height && frame.format() == format;
    }

    /** Takes a frame's content, with its time in nanoseconds. */
    void offer(AVFrame frame) {
        frame.pts(frame.best_effort_timestamp());
        avfilter.av_buffersrc_add_frame(in, frame);
    }

    /** No more frames come; false if that was known before. */
    boolean finish() {
        boolean news = !finished;
        if (news) {
            avfilter.av_buffersrc_add_frame(in, null);
            finished = true;
        }
        return news;
    }

    /** Moves the next frame, if any, into the given empty one. */
    boolean poll(AVFrame frame) {
        if (avfilter.av_buffersink_get_frame(out, frame) < 0) {
            return false;
        }
        frame.best_effort_timestamp(nanos(frame.pts()));
        frame.duration(nanos(frame.duration()));
        return true;
    }

    private long nanos(long time) {
        return time == avutil.AV_NOPTS_VALUE ? time : avutil.av_rescale_q(time, timeBase, Demuxer.NANOSECOND);
    }

    @Override
    public void close() {
        avfilter.avfilter_graph_free(graph);
    }
}
