package dev.sightline.source.rtsp;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request, an answer, or an interleaved packet ({@code $}) on an RTSP connection (RFC 2326 sections 6, 7 and 10.12).
 *
 * @param text first line and headers, including the blank line; empty for a packet
 * @param body what follows, or the whole packet
 */
record RtspMessage(String text, byte[] body) {
    private static final int LONGEST_HEAD = 64 * 1024;
    private static final int LONGEST_BODY = 1024 * 1024;
    private static final Pattern STATUS = Pattern.compile("RTSP/1\\.\\d (\\d{3})\\b.*", Pattern.DOTALL);
    private static final Pattern FIRST_LINE = Pattern.compile("^[^\\r\\n]*");
    private static final Pattern SOURCE = Pattern.compile("(?im)^(Transport:[^\\r\\n]*?);\\s*source=([^;,\\r\\n]*)");
    private static final Pattern UNSOURCED =
            Pattern.compile("(?im)^Transport:(?![^\\r\\n]*;\\s*source=)[^\\r\\n]*;\\s*server_port=[^\\r\\n]*");
    private static final Pattern LENGTH = Pattern.compile("(?im)^Content-Length:\\s*(\\d{1,7})\\s*$");

    /**
     * Reads the next message.
     *
     * @throws ProtocolException if it is too large; the message fits after a server's name
     * @throws IOException if the connection ends, or the message is malformed
     */
    static RtspMessage read(InputStream in) throws IOException {
        int first = in.read();
        while (first == '\r' || first == '\n') {
            first = in.read();
        }
        if (first == '$') {
            byte[] head = exactly(in, 3);
            byte[] packet = new byte[4 + ((head[1] & 0xFF) << 8 | head[2] & 0xFF)];
            packet[0] = '$';
            System.arraycopy(head, 0, packet, 1, 3);
            System.arraycopy(exactly(in, packet.length - 4), 0, packet, 4, packet.length - 4);
            return new RtspMessage("", packet);
        }
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int last = 0;
        for (int next = first; ; next = in.read()) {
            if (next < 0) {
                throw new EOFException("no RTSP message");
            }
            if (head.size() > LONGEST_HEAD) {
                throw new ProtocolException("one of its answers has more than 64 KiB of headers");
            }
            head.write(next);
            last = last << 8 | next;
            if (last == 0x0D0A0D0A || (last & 0xFFFF) == 0x0A0A) {
                break;
            }
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        Matcher length = LENGTH.matcher(text);
        int size = length.find() ? Integer.parseInt(length.group(1)) : 0;
        if (size > LONGEST_BODY) {
            throw new ProtocolException("one of its answers has " + size + " bytes; at most 1 MiB is accepted");
        }
        return new RtspMessage(text, exactly(in, size));
    }

    boolean isText() {
        return !text.isEmpty();
    }

    /** The status of an answer. */
    OptionalInt status() {
        Matcher status = STATUS.matcher(text);
        return status.matches() ? OptionalInt.of(Integer.parseInt(status.group(1))) : OptionalInt.empty();
    }

    /** A word of the first line: the method, the address. */
    String word(int index) {
        String[] words = text.lines().findFirst().orElse("").split(" ", -1);
        return index < words.length ? words[index] : "";
    }

    /** All values of a header. */
    List<String> headers(String name) {
        List<String> values = new ArrayList<>();
        String start = name.toLowerCase(Locale.ROOT) + ":";
        text.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                .forEach(line -> values.add(line.substring(start.length()).strip()));
        return values;
    }

    RtspMessage with(String otherText) {
        return new RtspMessage(otherText, body);
    }

    RtspMessage withHeader(String name, String value) {
        int end = text.indexOf('\n') + 1;
        return with(text.substring(0, end) + name + ": " + value + "\r\n" + text.substring(end));
    }

    RtspMessage without(String name) {
        return with(text.replaceAll("(?im)^" + name + ":.*\\R", ""));
    }

    /** With another first line, if it is an answer with a status in the hundred that begins with the given one. */
    RtspMessage withStatus(int hundred, String firstLine) {
        return status().orElse(0) / 100 == hundred / 100
                ? with(FIRST_LINE.matcher(text).replaceFirst(firstLine))
                : this;
    }

    /**
     * Adds the address that datagrams come from to the transport (RFC 2326 section 12.39), if it uses datagrams and names no
     * allowed address: the client sends some there, too.
     */
    RtspMessage withSource(String address, Predicate<String> allowed) {
        Matcher source = SOURCE.matcher(text);
        String left = source.find() && !allowed.test(source.group(2)) ? source.replaceAll("$1") : text;
        return with(UNSOURCED.matcher(left).replaceFirst("$0;source=" + address));
    }

    int length() {
        return text.length() + body.length;
    }

    byte[] bytes() {
        byte[] head = text.getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = new byte[head.length + body.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }

    private static byte[] exactly(InputStream in, int size) throws IOException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException("the RTSP connection ended");
        }
        return bytes;
    }
}
