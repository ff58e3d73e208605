package dev.sightline.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The head of a request of HTTP or RTSP, as the test servers read it. */
record HttpRequest(String method, String target, Map<String, String> headers) {

    /** Reads one; whole frames of interleaved RTP, which begin with a dollar sign, are skipped. */
    static HttpRequest read(InputStream in) throws IOException {
        String line = line(in);
        String[] words = line.split(" ");
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        return new HttpRequest(words[0], words.length > 1 ? words[1] : "", headers);
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = read1(in);
        while (line.length() == 0 && next == '$') {
            read1(in);
            in.skipNBytes(read1(in) << 8 | read1(in));
            next = read1(in);
        }
        for (; next != '\n'; next = read1(in)) {
            line.append((char) next);
        }
        return new String(line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8).strip();
    }

    private static int read1(InputStream in) throws IOException {
        int next = in.read();
        if (next < 0) {
            throw new EOFException();
        }
        return next;
    }
}
