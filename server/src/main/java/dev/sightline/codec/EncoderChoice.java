package dev.sightline.codec;

import dev.sightline.codec.EncoderInput.Memory;
import dev.sightline.frame.Codec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * FFmpeg's encoders for video renditions, best first, with the options that suit live video: each frame comes out at once,
 * keyframes only on demand, a constant bit rate, and constrained baseline for H.264.
 *
 * <p>Of a graphics card's interfaces the vendor's own comes first, then the platform's.
 */
enum EncoderChoice {
    NVENC(
            Codec.H264,
            "h264_nvenc",
            Memory.I420,
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
            Memory.I420,
            true,
            Map.of("realtime", "1", "allow_sw", "0", "profile", "constrained_baseline")),
    AMF(
            Codec.H264,
            "h264_amf",
            Memory.I420,
            true,
            Map.of(
                    "usage", "ultralowlatency",
                    "rc", "cbr",
                    "forced_idr", "1",
                    "profile", "constrained_baseline")),
    QUICK_SYNC(
            Codec.H264,
            "h264_qsv",
            Memory.QUICK_SYNC,
            true,
            Map.of(
                    "preset", "veryfast",
                    "async_depth", "1",
                    "scenario", "videoconference",
                    "low_delay_brc", "1",
                    "max_dec_frame_buffering", "1",
                    "forced_idr", "1",
                    "profile", "baseline")),
    VAAPI(
            Codec.H264,
            "h264_vaapi",
            Memory.VAAPI,
            true,
            Map.of("async_depth", "1", "sei", "0", "profile", "constrained_baseline")),
    MEDIA_FOUNDATION(
            Codec.H264,
            "h264_mf",
            Memory.NV12,
            true,
            Map.of("rate_control", "cbr", "scenario", "video_conference", "hw_encoding", "1")),
    V4L2(Codec.H264, "h264_v4l2m2m", Memory.I420, true, Map.of()),
    V4L2_INTERLEAVED(Codec.H264, "h264_v4l2m2m", Memory.NV12, true, Map.of()),
    VULKAN(
            Codec.H264,
            "h264_vulkan",
            Memory.VULKAN,
            true,
            Map.of(
                    "async_depth", "1",
                    "tune", "ull",
                    "usage", "conference",
                    "rc_mode", "cbr",
                    "profile", "constrained_baseline")),
    X264(
            Codec.H264,
            "libx264",
            Memory.I420,
            false,
            Map.of(
                    "preset", "superfast",
                    "tune", "zerolatency",
                    "forced-idr", "1",
                    "profile", "baseline",
                    "x264-params", "scenecut=0")),
    /**
     * Its own skipping drops every second frame after a keyframe; {@link RateGuard} is milder. Unless both ends of the
     * quantizer's range are given it stops at 42, and video with much motion takes twice its rate.
     */
    OPENH264(
            Codec.H264,
            "libopenh264",
            Memory.I420,
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
            Memory.I420,
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
    private final Memory memory;
    private final boolean hardware;
    private final Map<String, String> options;

    EncoderChoice(Codec codec, String encoderName, Memory memory, boolean hardware, Map<String, String> options) {
        this.codec = codec;
        this.encoderName = encoderName;
        this.memory = memory;
        this.hardware = hardware;
        this.options = options;
    }

    /** The encoders for a codec, best first. */
    static List<EncoderChoice> of(Codec codec) {
        return Arrays.stream(values()).filter(each -> each.codec == codec).toList();
    }

    /** The codec it produces. */
    Codec codec() {
        return codec;
    }

    /** FFmpeg's name of it. */
    String encoderName() {
        return encoderName;
    }

    /** The memory it takes frames from. */
    Memory memory() {
        return memory;
    }

    /** Whether it needs a device that this machine may not have. */
    boolean hardware() {
        return hardware;
    }

    /** Its specific options, some of which the settings decide. */
    Map<String, String> options(EncoderSettings settings) {
        Map<String, String> all = new HashMap<>(options);
        if (this == LIBVPX) {
            // Negative for a fixed speed: 6 is the fastest that holds its rate, and takes 6 ms for 720p.
            all.put("cpu-used", settings.small() ? "-4" : "-6");
            // Only the luma's: more of it blurs.
            all.put("noise-sensitivity", settings.noisy() ? "1" : "0");
        } else if (this == OPENH264 && settings.strained()) {
            // It comes down slowly from the quality it begins with, which costs seconds of the rate.
            all.put("qmin", "40");
        }
        return all;
    }

    /** Whether it can be told, frame by frame, that no other depends on it. */
    boolean hasTemporalLayers() {
        return this == LIBVPX;
    }

    /**
     * Whether it assumes the frame rate it was opened with, whatever the frames' times. (If x264 used the times, it would hold
     * each frame back until the next one comes.)
     */
    boolean assumesPace() {
        return this != LIBVPX;
    }
}
