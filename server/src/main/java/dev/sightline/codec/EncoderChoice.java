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
            Codec.H264,
            "h264_nvenc",
            true,
            Map.of(
                    "preset", "p3",
                    "tune", "ull",
                    "rc", "cbr",
                    "zerolatency", "1",
                    "delay", "0",
                    "forced-idr", "1",
                    "profile", "baseline")),
    VIDEO_TOOLBOX(
            Codec.H264,
            "h264_videotoolbox",
            true,
            Map.of("realtime", "1", "allow_sw", "0", "profile", "constrained_baseline")),
    AMF(
            Codec.H264,
            "h264_amf",
            true,
            Map.of(
                    "usage", "ultralowlatency",
                    "rc", "cbr",
                    "forced_idr", "1",
                    "profile", "constrained_baseline")),
    V4L2(Codec.H264, "h264_v4l2m2m", true, Map.of()),
    X264(
            Codec.H264,
            "libx264",
            false,
            Map.of(
                    "preset", "superfast",
                    "tune", "zerolatency",
                    "forced-idr", "1",
                    "profile", "baseline",
                    "x264-params", "scenecut=0")),
    /**
     * Its own skipping leaves out every second picture after a keyframe; {@link RateGuard} is milder. Unless both ends of the
     * quantizer's range are given it stops at 42, and what moves a lot takes twice its rate.
     */
    OPENH264(
            Codec.H264,
            "libopenh264",
            false,
            Map.of(
                    "rc_mode", "bitrate",
                    "allow_skip_frames", "0",
                    "qmin", "12",
                    "qmax", "51",
                    "profile", "constrained_baseline")),
    LIBVPX(
            Codec.VP8,
            "libvpx",
            false,
            Map.of(
                    "deadline", "realtime",
                    "lag-in-frames", "0",
                    "static-thresh", "1",
                    "undershoot-pct", "95",
                    "overshoot-pct", "15",
                    "max-intra-rate", "600",
                    "qmin", "2",
                    "qmax", "63"));

    private final Codec codec;
    private final String encoderName;
    private final boolean hardware;
    private final Map<String, String> options;

    EncoderChoice(Codec codec, String encoderName, boolean hardware, Map<String, String> options) {
        this.codec = codec;
        this.encoderName = encoderName;
        this.hardware = hardware;
        this.options = options;
    }

    /** Those for a codec, best first. */
    static List<EncoderChoice> of(Codec codec) {
        return Arrays.stream(values()).filter(each -> each.codec == codec).toList();
    }

    /** What it makes. */
    Codec codec() {
        return codec;
    }

    /** FFmpeg's name of it. */
    String encoderName() {
        return encoderName;
    }

    /** Whether it works in a device that this machine may have or not. */
    boolean hardware() {
        return hardware;
    }

    /** Its own options. */
    Map<String, String> options() {
        return options;
    }

    /**
     * Whether it works by the frame rate it was opened with, whatever the pictures' times. (Told to heed the times, x264
     * would hold each picture back until the next one comes.)
     */
    boolean assumesPace() {
        return this != LIBVPX;
    }
}
