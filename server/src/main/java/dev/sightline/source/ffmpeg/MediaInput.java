package dev.sightline.source.ffmpeg;

import dev.sightline.source.SourceOptions.Deinterlace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What FFmpeg is to open, and what it may do for that.
 *
 * @param subject what people know it by, for messages: a file's name, a host with its port
 * @param url as FFmpeg reads it, user and password included
 * @param demuxing what it may be read as
 * @param timing where the pictures' times come from
 * @param limits how long to wait
 * @param deinterlace whether interlaced pictures are deinterlaced
 * @param opener opens it, and all that it names, where FFmpeg must not; then the url is for no one
 */
public record MediaInput(
        String subject,
        String url,
        Demuxing demuxing,
        Timing timing,
        Limits limits,
        Deinterlace deinterlace,
        Optional<Supplier<ByteOpener>> opener) {

    /** What FFmpeg opens itself. */
    public MediaInput(
            String subject, String url, Demuxing demuxing, Timing timing, Limits limits, Deinterlace deinterlace) {
        this(subject, url, demuxing, timing, limits, deinterlace, Optional.empty());
    }

    /** Where the pictures' times come from. */
    public enum Timing {
        /** From the timestamps in the data, counted from anywhere. */
        TIMESTAMPS,
        /** The instant a picture's last byte arrived, as {@link System#nanoTime}. */
        ARRIVAL,
        /** Timestamps where the input turns out to be a recording, arrival where it is live. */
        AS_FOUND,
        /** The device's timestamps, which count as {@link System#nanoTime} does; arrival where they do not. */
        DEVICE
    }

    /** The same with another word on deinterlacing. */
    public MediaInput with(Deinterlace other) {
        return new MediaInput(subject, url, demuxing, timing, limits, other, opener);
    }

    /** The same with other times. */
    MediaInput with(Timing other) {
        return new MediaInput(subject, url, demuxing, other, limits, deinterlace, opener);
    }

    /**
     * What it may be read as.
     *
     * @param format the one input format to use; empty to find it out
     * @param formats the input formats allowed
     * @param protocols the protocols allowed, for this and everything that is opened on its behalf
     * @param options further options of the format and the protocol, by FFmpeg's names
     */
    public record Demuxing(
            Optional<String> format, List<String> formats, List<String> protocols, Map<String, String> options) {
        /** Copies what could be changed. */
        public Demuxing {
            formats = List.copyOf(formats);
            protocols = List.copyOf(protocols);
            options = Map.copyOf(options);
        }

        /** One of the formats, without further options. */
        public static Demuxing of(List<String> formats, List<String> protocols) {
            return new Demuxing(Optional.empty(), formats, protocols, Map.of());
        }

        /** All options, the white lists among them. */
        Map<String, String> allOptions() {
            Map<String, String> all = new HashMap<>(options);
            all.putAll(Formats.OPTIONS);
            all.put("protocol_whitelist", String.join(",", protocols));
            all.put("format_whitelist", String.join(",", formats));
            return all;
        }
    }
}
