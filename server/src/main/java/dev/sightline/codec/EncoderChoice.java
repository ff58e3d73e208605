package dev.sightline.codec;

import dev.sightline.frame.Codec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * FFmpeg's encoders that may serve a video rendition, best first, with what makes each of them fit for live pictures: an
 * answer to every picture at once, keyframes on demand alone, a held bitrate, constrained baseline where it is H.264.
 *
 * <p>Of the hardware only what takes pictures from ordinary memory in I420: VA-API and Vulkan want theirs in surfaces of
 * their own, Quick Sync wants NV12.
 */
enum EncoderChoice {
    NVENC(
            "h264_nvenc",
            Codec.H264,
            Pacing.ASSUMED,
            Map.of(
                    "preset", "p3",
                    "tune", "ull",
                    "rc", "cbr",
                    "zerolatency", "1",
                    "delay", "0",
                    "forced-idr", "1",
                    "profile", "baseline")),
    VIDEO_TOOLBOX(
            "h264_videotoolbox",
            Codec.H264,
            Pacing.ASSUMED,
            Map.of("realtime", "1", "allow_sw", "0", "profile", "constrained_baseline")),
    AMF(
            "h264_amf",
            Codec.H264,
            Pacing.ASSUMED,
            Map.of(
                    "usage", "ultralowlatency",
                    "rc", "cbr",
                    "forced_idr", "1",
                    "profile", "constrained_baseline")),
    V4L2("h264_v4l2m2m", Codec.H264, Pacing.ASSUMED, Map.of()),
    X264(
            "libx264",
            Codec.H264,
            // Told the times of its pictures, it would hold each back until the next one comes.
            Pacing.ASSUMED,
            Map.of(
                    "preset", "superfast",
                    "tune", "zerolatency",
                    "forced-idr", "1",
                    "profile", "baseline",
                    "x264-params", "scenecut=0")),
    OPENH264(
            "libopenh264",
            Codec.H264,
            Pacing.ASSUMED,
            Map.of("rc_mode", "bitrate", "allow_skip_frames", "0", "profile", "constrained_baseline")),
    LIBVPX(
            "libvpx",
            Codec.VP8,
            Pacing.TOLD,
            Map.of(
                    "deadline", "realtime",
                    "lag-in-frames", "0",
                    "static-thresh", "1",
                    "undershoot-pct", "95",
                    "overshoot-pct", "15",
                    "max-intra-rate", "600"));

    /** How an encoder knows how much time lies between two pictures. */
    private enum Pacing {
        /** By their timestamps. */
        TOLD,
        /** By the frame rate it was opened with. */
        ASSUMED
    }

    private final String encoderName;
    private final Codec codec;
    private final Pacing pacing;
    private final Map<String, String> options;

    EncoderChoice(String encoderName, Codec codec, Pacing pacing, Map<String, String> options) {
        this.encoderName = encoderName;
        this.codec = codec;
        this.pacing = pacing;
        this.options = options;
    }

    /** Those for a codec, best first. */
    static List<EncoderChoice> of(Codec codec) {
        return Arrays.stream(values()).filter(each -> each.codec == codec).toList();
    }

    /** FFmpeg's name of it. */
    String encoderName() {
        return encoderName;
    }

    /** What it makes. */
    Codec codec() {
        return codec;
    }

    /** Its own options. */
    Map<String, String> options() {
        return options;
    }

    /** Whether it works by the frame rate it was opened with, whatever the pictures' times. */
    boolean assumesPace() {
        return pacing == Pacing.ASSUMED;
    }
}
