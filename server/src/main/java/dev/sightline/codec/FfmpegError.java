package dev.sightline.codec;

import java.nio.charset.StandardCharsets;
import org.bytedeco.ffmpeg.global.avutil;
import org.slf4j.LoggerFactory;

/** What an error code of FFmpeg means, in its own words. */
final class FfmpegError {
    /** Nothing is there at the moment; no failure. */
    static final int TRY_AGAIN = org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN();

    private static final int LONGEST = 256;

    static {
        // Where somebody debugs FFmpeg, the source's side takes its log over.
        if (!LoggerFactory.getLogger("dev.sightline.ffmpeg").isDebugEnabled()) {
            avutil.av_log_set_level(avutil.AV_LOG_QUIET);
        }
    }

    private FfmpegError() {}

    /** Keeps FFmpeg's own log off the process's standard error; more calls change nothing. */
    static void keepQuiet() {
        // The static initializer did it.
    }

    /** FFmpeg's own words. */
    static String text(int code) {
        byte[] text = new byte[LONGEST];
        avutil.av_strerror(code, text, LONGEST);
        int length = 0;
        while (length < LONGEST && text[length] != 0) {
            length++;
        }
        return new String(text, 0, length, StandardCharsets.UTF_8);
    }
}
