package dev.sightline.testkit;

import dev.sightline.source.pattern.PatternPainter;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.IntFunction;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;

/** Writes small videos for tests. The container is told by the file's name. */
public final class VideoFiles {
    private VideoFiles() {}

    /**
     * A video of the pattern, its pictures numbered from 1.
     *
     * @param encoder FFmpeg's name of it: {@code libopenh264}, {@code mjpeg}, {@code mpeg4}, {@code libvpx-vp9}…
     */
    public static Path pattern(Path file, String encoder, int width, int height, int fps, int pictures) {
        try (PatternPainter painter = new PatternPainter(width, height, fps)) {
            return write(file, encoder, fps, pictures, i -> painter.paint(i + 1, i * 1_000_000_000L / fps));
        }
    }

    /** An H.264 video of a picture that moves from side to side and back, on a dark ground twice as wide. */
    public static Path moving(Path file, Mat picture, int fps, int pictures) {
        int width = picture.cols() & ~1;
        int height = picture.rows() & ~1;
        return write(file, "libopenh264", fps, pictures, i -> {
            double phase = Math.abs(2.0 * i / pictures - 1);
            Mat canvas = new Mat(height, 2 * width, opencv_core.CV_8UC3, Scalar.all(30));
            try (Rect from = new Rect(0, 0, width, height);
                    Rect to = new Rect((int) ((1 - phase) * width), 0, width, height);
                    Mat part = picture.apply(from);
                    Mat place = canvas.apply(to)) {
                part.copyTo(place);
            }
            return canvas;
        });
    }

    /**
     * A video of pictures of one size.
     *
     * @param paint makes the picture of an index from 0; it is closed after its use
     */
    public static Path write(Path file, String encoder, int fps, int pictures, IntFunction<Mat> paint) {
        // libsvtav1 gives root's calling thread real-time priority for ever, and all it starts inherits that.
        FutureTask<Path> writing = new FutureTask<>(() -> writeHere(file, encoder, fps, pictures, paint));
        new Thread(writing, "video-writer").start();
        try {
            return writing.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while writing " + file, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("writing " + file + " failed", e.getCause());
        }
    }

    private static Path writeHere(Path file, String encoder, int fps, int pictures, IntFunction<Mat> paint) {
        try (Mat first = paint.apply(0);
                Writer writer = new Writer(file, encoder, first.cols(), first.rows(), fps)) {
            for (int i = 0; i < pictures; i++) {
                try (Mat picture = paint.apply(i)) {
                    writer.add(picture);
                }
            }
            writer.finish();
        }
        return file;
    }

    /** One file being written. */
    private static final class Writer implements AutoCloseable {
        private final AVFormatContext container = new AVFormatContext(null);
        private final AVStream stream;
        private final VideoEncoder encoder;
        private long count;

        Writer(Path file, String codec, int width, int height, int fps) {
            String name = file.toString();
            VideoEncoder.check(avformat.avformat_alloc_output_context2(container, null, null, name), name);
            boolean globalHeader = (container.oformat().flags() & avformat.AVFMT_GLOBALHEADER) != 0;
            encoder = new VideoEncoder(codec, width, height, fps, globalHeader);
            stream = avformat.avformat_new_stream(container, null);
            avcodec.avcodec_parameters_from_context(stream.codecpar(), encoder.context());
            stream.time_base(encoder.context().time_base());
            stream.avg_frame_rate(encoder.context().framerate());
            AVIOContext io = new AVIOContext(null);
            VideoEncoder.check(avformat.avio_open(io, name, avformat.AVIO_FLAG_WRITE), name);
            container.pb(io);
            VideoEncoder.check(avformat.avformat_write_header(container, (AVDictionary) null), name);
        }

        void add(Mat picture) {
            encoder.encode(picture, count++, this::write);
        }

        void finish() {
            encoder.finish(this::write);
            VideoEncoder.check(avformat.av_write_trailer(container), "finishing");
        }

        private void write(AVPacket packet) {
            packet.stream_index(stream.index());
            packet.duration(1);
            avcodec.av_packet_rescale_ts(packet, encoder.context().time_base(), stream.time_base());
            VideoEncoder.check(avformat.av_interleaved_write_frame(container, packet), "writing");
        }

        @Override
        public void close() {
            encoder.close();
            avformat.avio_closep(container.pb());
            avformat.avformat_free_context(container);
        }
    }
}
