package dev.sightline.ffmpeg;

import java.util.function.UnaryOperator;
import org.bytedeco.ffmpeg.avutil.LogCallback;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends FFmpeg's log, which would go to the process's standard error, to slf4j at debug level, or nowhere. */
public final class NativeLog {
    private static final Logger LOG = LoggerFactory.getLogger("dev.sightline.ffmpeg");

    private static volatile UnaryOperator<String> mask = UnaryOperator.identity();

    /** Held here because FFmpeg's reference does not keep it alive. */
    private static final LogCallback CALLBACK = new LogCallback() {
        @Override
        public void call(int level, BytePointer message) {
            LOG.debug("{}", mask.apply(message.getString().strip()));
        }
    };

    static {
        if (LOG.isDebugEnabled()) {
            avutil.av_log_set_level(avutil.AV_LOG_INFO);
            avutil.setLogCallback(CALLBACK);
        } else {
            avutil.av_log_set_level(avutil.AV_LOG_QUIET);
        }
    }

    private NativeLog() {}

    /** Takes over FFmpeg's log for the rest of the process; idempotent. */
    public static void takeOver() {
        // The static initializer did it.
    }

    /** The same for callers that pass addresses to FFmpeg, which may contain secrets: every line is masked from now on. */
    public static void takeOver(UnaryOperator<String> masking) {
        mask = masking;
    }
}
