package dev.sightline.source.http;

import dev.sightline.picture.PictureKind;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/**
 * A server's answer (RFC 9112), parsed as leniently as browsers do: bare line feeds, folded lines, lines that are not headers,
 * and a status line without a reason or with another protocol's name. Used and closed by one thread.
 */
final class Answer implements AutoCloseable {
    private static final int MOST_HEAD_BYTES = 64 << 10;
    private static final int MOST_LINES = 256;
    /** The most of a server's text that messages quote. */
    private static final int MOST_TOLD = 40;

    private static final int OK = 200;
    private static final int FIRST_FINAL = 200;
    /** The most bytes needed to recognize an answer's kind. */
    private static final int PEEKED = 1024;

    private final Connection connection;
    private final int status;
    private final Map<String, List<String>> headers;
    private final BufferedInputStream body;

    private Answer(Connection connection, int status, Map<String, List<String>> headers, InputStream body) {
        this.connection = connection;
        this.status = status;
        this.headers = headers;
        this.body = new BufferedInputStream(body, 2 * PEEKED);
    }

    /** Reads an answer's head, after which its body can be read. */
    static Answer read(Connection connection) throws IOException {
        InputStream in = connection.input();
        in.mark(8);
        String first = new String(in.readNBytes(4), StandardCharsets.ISO_8859_1);
        in.reset();
        if (!first.matches("(?is)http|icy |\\s.*")) {
            // No head at all: a few very old cameras send only the body.
            return new Answer(connection, OK, Map.of(), in);
        }
        int status = 0;
        while (status < FIRST_FINAL) {
            status = status(in);
            Map<String, List<String>> headers = headers(in);
            if (status >= FIRST_FINAL) {
                return new Answer(connection, status, headers, body(headers, in));
            }
        }
        throw new IOException("no answer");
    }

    int status() {
        return status;
    }

    /** The values of all headers of a name. */
    List<String> headers(String name) {
        return headers.getOrDefault(name, List.of());
    }

    /** The value of a header; empty if it is missing. */
    String header(String name) {
        return headers(name).stream().findFirst().orElse("");
    }

    /** The body's length; empty if the server does not give it, or the body is encoded. */
    Optional<Long> length() {
        String length = header("Content-Length");
        boolean plain = header("Transfer-Encoding").isEmpty()
                && header("Content-Encoding").isEmpty();
        return plain && length.matches("\\d{1,18}") ? Optional.of(Long.parseLong(length)) : Optional.empty();
    }

    /** The body, without chunks and compression. */
    InputStream body() {
        return body;
    }

    /** The body's first bytes: as many as came at once, and at least {@link PictureKind#LONGEST_MARK}; they can still be read. */
    byte[] beginning() throws IOException {
        body.mark(PEEKED);
        byte[] beginning = new byte[PEEKED];
        int length = 0;
        while (length < PictureKind.LONGEST_MARK) {
            int count = body.read(beginning, length, PEEKED - length);
            if (count < 0) {
                break;
            }
            length += count;
        }
        body.reset();
        return Arrays.copyOf(beginning, length);
    }

    Connection connection() {
        return connection;
    }

    @Override
    public void close() {
        connection.close();
        try {
            body.close();
        } catch (IOException closed) {
            // The connection is closed; the body only held memory for inflating.
        }
    }

    private static int status(InputStream in) throws IOException {
        String line = line(in);
        while (line.isBlank()) {
            line = line(in);
        }
        String[] words = line.strip().split("\\s+", 3);
        if (words.length < 2 || !words[1].matches("[1-9]\\d\\d")) {
            throw new IOException("the server does not speak HTTP");
        }
        return Integer.parseInt(words[1]);
    }

    private static Map<String, List<String>> headers(InputStream in) throws IOException {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        StringBuilder header = new StringBuilder();
        int lines = 0;
        int bytes = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            lines++;
            bytes += line.length();
            if (lines > MOST_LINES || bytes > MOST_HEAD_BYTES) {
                throw new IOException("the head of its answer has more than " + MOST_LINES + " lines or 64 KiB");
            }
            boolean folded = line.startsWith(" ") || line.startsWith("\t");
            if (!folded) {
                put(header, headers);
                header.setLength(0);
            }
            header.append(' ').append(line.strip());
        }
        put(header, headers);
        return headers;
    }

    private static void put(StringBuilder header, Map<String, List<String>> into) {
        int colon = header.indexOf(":");
        String name = header.substring(0, Math.max(0, colon)).strip();
        if (!name.isEmpty()) {
            into.computeIfAbsent(name, each -> new ArrayList<>())
                    .add(header.substring(colon + 1).strip());
        }
    }

    /** A line without its end. */
    static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int each = in.read(); each != '\n'; each = in.read()) {
            if (each < 0) {
                throw new EOFException();
            }
            if (line.length() == MOST_HEAD_BYTES) {
                throw new IOException("its answer has a line of more than 64 KiB");
            }
            line.append((char) each);
        }
        int length = line.length();
        return length > 0 && line.charAt(length - 1) == '\r' ? line.substring(0, length - 1) : line.toString();
    }

    private static InputStream body(Map<String, List<String>> headers, InputStream in) throws IOException {
        InputStream framed = framed(headers, in);
        String coding = String.join(",", headers.getOrDefault("Content-Encoding", List.of()))
                .toLowerCase(Locale.ROOT);
        return switch (coding.strip()) {
            case "", "identity", "none", "utf-8" -> framed;
            case "gzip", "x-gzip" -> new InflatedInput(new GZIPInputStream(framed));
            case "deflate" -> new InflatedInput(new InflaterInputStream(framed));
            default ->
                throw new IOException("its answer is compressed with '" + told(coding) + "', which was not asked for");
        };
    }

    private static String told(String text) {
        return text.substring(0, Math.min(MOST_TOLD, text.length())).replaceAll("[^ -~]", "?");
    }

    private static InputStream framed(Map<String, List<String>> headers, InputStream in) {
        String transfer = String.join(",", headers.getOrDefault("Transfer-Encoding", List.of()));
        if (transfer.toLowerCase(Locale.ROOT).contains("chunked")) {
            return new ChunkedInput(in);
        }
        String length = headers.getOrDefault("Content-Length", List.of("")).get(0);
        return length.matches("\\d{1,18}") ? new LimitedInput(in, Long.parseLong(length)) : in;
    }
}
