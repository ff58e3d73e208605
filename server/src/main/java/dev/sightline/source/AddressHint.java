package dev.sightline.source;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Suggests what to write instead of something that is not a source's address, if that can be guessed. */
public final class AddressHint {
    private static final String WEB_OR_RTSP =
            "write its protocol before it: http:// for pictures from a web server, rtsp:// for a camera's video";
    private static final String RTSP = "write rtsp://";
    private static final String HTTP = "write http://";
    private static final String CAMERA = "write camera:0 for the first camera of this computer";
    private static final String RELAY =
            " is not read here: have a program such as MediaMTX or FFmpeg turn it into RTSP, and write rtsp://";

    /** What people write for a kind of source, and its name here. */
    private static final Map<String, String> FOREIGN = Map.ofEntries(
            Map.entry("mjpeg", HTTP),
            Map.entry("mjpg", HTTP),
            Map.entry("motionjpeg", HTTP),
            Map.entry("jpeg", HTTP),
            Map.entry("hls", "write http:// or https:// with the address of the playlist"),
            Map.entry("rtspt", RTSP + ", which goes over TCP unless rtsp-transport says udp"),
            Map.entry("rtsp+tcp", RTSP + ", which goes over TCP unless rtsp-transport says udp"),
            Map.entry("rtspu", RTSP + ", and rtsp-transport: udp beside it"),
            Map.entry("rtsp+udp", RTSP + ", and rtsp-transport: udp beside it"),
            Map.entry("rtmp", "RTMP" + RELAY),
            Map.entry("rtmps", "RTMP" + RELAY),
            Map.entry("srt", "SRT" + RELAY),
            Map.entry("udp", "UDP" + RELAY),
            Map.entry("rtp", "RTP" + RELAY),
            Map.entry("tcp", "TCP" + RELAY),
            Map.entry("mms", "MMS" + RELAY),
            Map.entry("onvif", "write the rtsp:// address that the camera's page or ONVIF names for its stream"),
            Map.entry("ws", "write http:// or rtsp://; pages send their pictures to publish:"),
            Map.entry("wss", "write https:// or rtsps://; pages send their pictures to publish:"),
            Map.entry("webrtc", "browsers send their camera to publish:"),
            Map.entry("whip", "WHIP clients send their pictures to publish:"),
            Map.entry("v4l2", CAMERA),
            Map.entry("dshow", CAMERA),
            Map.entry("avfoundation", CAMERA),
            Map.entry("usb", CAMERA),
            Map.entry("webcam", CAMERA),
            Map.entry("cam", CAMERA),
            Map.entry("device", CAMERA));

    /** Schemes without a colon, as in {@code source: publish}. */
    private static final Map<String, String> WITHOUT_COLON = Map.of(
            "publish", "publish: with its colon, in YAML in quotes: 'publish:'",
            "mirror", "mirror: with its colon, in YAML in quotes: 'mirror:'",
            "pattern", "pattern: with its colon, in YAML in quotes: 'pattern:'",
            "rtsp", "rtsp://HOST/PATH",
            "rtsps", "rtsps://HOST/PATH",
            "http", "http://HOST/PATH",
            "https", "https://HOST/PATH");

    /** {@code cam.local:8080/video}, {@code 192.0.2.7}, {@code [::1]/x}, {@code www.example.org}. */
    private static final Pattern HOST = Pattern.compile(
            "(?i)(?:www\\..+|localhost|\\[[0-9a-f:.]+\\]|\\d{1,3}(?:\\.\\d{1,3}){3}"
                    + "|[a-z0-9-]+(?:\\.[a-z0-9-]+)*(?=:\\d{1,5}(?:[/?#]|$))|[a-z0-9-]+(?:\\.[a-z0-9-]+)+(?=[/?].)(?!.*\\.(?:mp4|m4v|mov|mkv|webm|avi|m?ts|gif)$))(?::\\d+)?(?:[/?#].*)?");

    private static final Pattern BROKEN_START =
            Pattern.compile("(?i)(rtsps?|https?)(?::?//?|;//|:\\\\\\\\|\\.//|://+)(?=[^/].*).*");
    private static final Pattern CAMERA_WORD =
            Pattern.compile("(?i)\\d|(?:/dev/)?video\\d+|(?:web)?cam(?:era)?\\d?|usb\\d?");
    private static final Pattern QUOTED = Pattern.compile("(?s)[\"'\u201c\u201d\u2018\u2019\u201e\u00ab].*");

    private static final Pattern FILE_WITH_COLON =
            Pattern.compile("(?i)[a-z][a-z0-9+.-]+:[^/].*\\.(?:mp4|m4v|mov|mkv|webm|avi|ts|mts"
                    + "|m2ts|mpe?g|flv|wmv|mjpe?g|h264|264|265|gif|jpe?g|png|webp|bmp|tiff?)");

    private AddressHint() {}

    /** The suggestion; empty if nothing can be guessed. */
    public static Optional<String> of(String address) {
        String text = address.strip();
        String word = text.toLowerCase(Locale.ROOT);
        String scheme = SourceSchemes.schemeOf(text);
        if (WITHOUT_COLON.containsKey(word)) {
            return Optional.of("write " + WITHOUT_COLON.get(word));
        }
        if (QUOTED.matcher(text).matches()) {
            return Optional.of("it begins with a quotation mark, which is not part of the address: leave it out");
        }
        if (text.lastIndexOf('@') > 0 && !text.contains("://") && text.indexOf(':') >= 0 && !scheme.equals("file")
                || text.matches("[^/@]+@[^/@]+/.*")) {
            return Optional.of(WEB_OR_RTSP);
        }
        if (HOST.matcher(text).matches()) {
            return Optional.of(WEB_OR_RTSP);
        }
        if (BROKEN_START.matcher(text).matches()) {
            String name = word.replaceFirst("^(rtsps?|https?).*", "$1").replaceAll("(?s)[^a-z].*", "");
            return Optional.of("write " + name + "://");
        }
        if (FOREIGN.containsKey(scheme)) {
            return Optional.of(String.valueOf(FOREIGN.get(scheme)));
        }
        return CAMERA_WORD.matcher(text).matches() ? Optional.of(CAMERA) : further(text);
    }

    private static Optional<String> further(String text) {
        if (text.startsWith("~")) {
            return Optional.of("~ is not read here: write the whole path");
        }
        if (text.contains("*")) {
            return Optional.of("a source is one file: name it");
        }
        if (FILE_WITH_COLON.matcher(text).matches()) {
            return Optional.of("a file whose name has a colon is written file:" + text);
        }
        return text.equals("-")
                ? Optional.of("pictures do not come from standard input: name a file")
                : Optional.empty();
    }
}
