package dev.sightline.source.ffmpeg;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * The input formats that FFmpeg may open.
 *
 * <p>A format is a program that parses a stranger's data. Refused are formats that make FFmpeg open further things named in the
 * data (playlists, SDP, concatenations), devices and generators, and formats that accept any text as a picture.
 */
public final class Formats {
    private static final Set<String> POINTING_ELSEWHERE =
            Set.of("concat", "dash", "hls", "imf", "sdp", "webm_dash_manifest", "vobsub", "avisynth", "vapoursynth");
    private static final Set<String> ANY_TEXT = Set.of("tty", "data");

    /** Still images, which it opens itself: only the named file, as long as {@link #OPTIONS} apply. */
    private static final String STILLS = "image2";

    /** Options that the lists rely on: a name such as {@code a%d.png} is one name, not a pattern. */
    static final Map<String, String> OPTIONS = Map.of("pattern_type", "none");

    private Formats() {}

    /** Self-contained formats: for files. */
    public static List<String> selfContained() {
        return Lists.SELF_CONTAINED;
    }

    /** The same and HLS, whose segments use only the allowed protocols: for HTTP. */
    public static List<String> selfContainedOrHls() {
        return Lists.OR_HLS;
    }

    /** Asks FFmpeg once, when first needed. */
    private static final class Lists {
        static final List<String> SELF_CONTAINED = known();
        static final List<String> OR_HLS =
                Stream.concat(SELF_CONTAINED.stream(), Stream.of("hls")).toList();

        private static List<String> known() {
            List<String> names = new ArrayList<>();
            try (PointerPointer<Pointer> place = new PointerPointer<>(1)) {
                place.put(0, (Pointer) null);
                AVInputFormat format = avformat.av_demuxer_iterate(place);
                while (format != null) {
                    String name = format.name().getString();
                    boolean device = (format.flags() & avformat.AVFMT_NOFILE) != 0 && !name.equals(STILLS);
                    if (!device && !POINTING_ELSEWHERE.contains(name) && !ANY_TEXT.contains(name)) {
                        names.add(name);
                    }
                    format = avformat.av_demuxer_iterate(place);
                }
            }
            return List.copyOf(names);
        }
    }
}
