package dev.sightline.source.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An HLS playlist (RFC 8216), checked before FFmpeg reads it: FFmpeg stores everything it names, and follows playlists without
 * end.
 *
 * @param text with absolute addresses, resolved after redirects
 * @param master whether it names playlists
 * @param weight about how many bytes FFmpeg allocates for it
 */
record Playlist(String text, boolean master, long weight) {
    private static final String MARK = "#EXTM3U";
    /** A day of segments of two seconds. */
    static final int MOST_BYTES = 4 << 20;
    /** For a segment, besides its addresses. */
    private static final int SEGMENT_BYTES = 256;

    private static final int MOST_VARIANTS = 32;
    private static final Pattern NAMES_PLAYLIST = Pattern.compile("#EXT-X-(?:STREAM-INF|MEDIA):.*");
    private static final Pattern URI = Pattern.compile("(?<=URI=\")[^\"]*(?=\")");

    /** Whether a playlist begins with these bytes. */
    static boolean begins(byte[] beginning) {
        return new String(beginning, StandardCharsets.ISO_8859_1).startsWith(MARK);
    }

    /**
     * Reads a playlist.
     *
     * @param from its URL, the base of its addresses
     * @throws IOException if it is longer, or names more playlists, than permitted; the message fits after the server's name
     */
    static Playlist read(InputStream in, WebAddress from) throws IOException {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new IOException("its playlist has more than 4 MiB");
        }
        StringBuilder text = new StringBuilder();
        int variants = 0;
        long weight = 0;
        int key = 0;
        for (String line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
            boolean tag = line.startsWith("#");
            String told = tag ? URI.matcher(line).replaceAll(uri -> quoted(from, uri.group())) : absolute(from, line);
            text.append(told).append('\n');
            key = line.startsWith("#EXT-X-KEY:") ? told.length() : key;
            variants += NAMES_PLAYLIST.matcher(line).matches() ? 1 : 0;
            weight += tag || line.isBlank() ? 0 : told.length() + key + SEGMENT_BYTES;
        }
        if (variants > MOST_VARIANTS) {
            throw new IOException("its playlist names more than " + MOST_VARIANTS + " others");
        }
        return new Playlist(text.toString(), variants > 0, weight);
    }

    private static String quoted(WebAddress from, String uri) {
        return Matcher.quoteReplacement(absolute(from, uri));
    }

    /** The absolute address; anything else stays as it is, and is refused when it is opened. */
    private static String absolute(WebAddress from, String uri) {
        return uri.isBlank() ? uri : from.redirected(uri).map(WebAddress::url).orElse(uri);
    }
}
