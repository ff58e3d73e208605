package dev.sightline.source.ffmpeg;

import dev.sightline.source.SourceOptions.Deinterlace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What FFmpeg should open, with its permissions.
 *
 * @param subject its name for people, in messages: a file's name, a host with its port
 * @param url in FFmpeg's form, including user and password
 * @param demuxing the permitted formats and protocols
 * @param timing where the frames' times come from
 * @param limits how long to wait
 * @param deinterlace whether interlaced frames are deinterlaced
 * @param opener opens it, and all that it names, if FFmpeg must not; the url is then unused
 */
public record MediaInput(
        String subject,
        String url,
        Demuxing demuxing,
        Timing timing,
        Limits limits,
        Deinterlace deinterlace,
        Optional<Supplier<ByteOpener>> opener) {

    /** Creates an input that FFmpeg opens itself. */
    public MediaInput(
            String subject, String url, Demuxing demuxing, Timing timing, Limits limits, Deinterlace deinterlace) {
        this(subject, url, demuxing, timing, limits, deinterlace, Optional.empty());
    }

    /** Where the frames' times come from. */
    public enum Timing {
        /** From the timestamps in the data, with any origin. */
        TIMESTAMPS,
        /** The instant a frame's last byte arrived, as {@link System#nanoTime}. */
        ARRIVAL,
        /** Timestamps if the input turns out to be a recording, arrival if it is live. */
        AS_FOUND,
        /** The device's timestamps if they use the clock of {@link System#nanoTime}, else arrival. */
        DEVICE
    }

    /** The same with another deinterlacing option. */
    public MediaInput with(Deinterlace other) {
        return new MediaInput(subject, url, demuxing, timing, limits, other, opener);
    }

    /** The same with another timing. */
    MediaInput with(Timing other) {
        return new MediaInput(subject, url, demuxing, other, limits, deinterlace, opener);
    }

    /**
     * The permitted formats and protocols.
     *
     * @param format the one input format to use; empty to detect it
     * @param formats the input formats allowed
     * @param protocols the protocols allowed, for this and everything opened on its behalf
     * @param options further options of the format and the protocol, by FFmpeg's names
     */
    public record Demuxing(
            Optional<String> format, List<String> formats, List<String> protocols, Map<String, String> options) {
        public Demuxing {
            formats = List.copyOf(formats);
            protocols = List.copyOf(protocols);
            options = Map.copyOf(options);
        }

        /** Any of the formats, without further options. */
        public static Demuxing of(List<String> formats, List<String> protocols) {
            return new Demuxing(Optional.empty(), formats, protocols, Map.of());
        }

        /** All options, including the white lists. */
        Map<String, String> allOptions() {
            Map<String, String> all = new HashMap<>(options);
            all.putAll(Formats.OPTIONS);
            all.put("protocol_whitelist", String.join(",", protocols));
            all.put("format_whitelist", String.join(",", formats));
            return all;
        }
    }
}
