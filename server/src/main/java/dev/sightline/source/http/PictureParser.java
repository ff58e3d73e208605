package dev.sightline.source.http;

import dev.sightline.picture.PictureEnd;
import dev.sightline.picture.PictureKind;
import dev.sightline.source.ffmpeg.PictureShare;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds the pictures in a camera's bytes, as soon as the last byte of each has come: the parts of a multipart body, or pictures
 * without separators.
 *
 * <p>Cameras agree on little but this: a part begins after a delimiter, and contains one picture, which begins with the mark of
 * its kind and ends by its own structure. So lengths, types and headers are ignored, even whether they exist, and only what
 * lies between pictures is discarded. A picture that contains the next delimiter was cut short; it is left out and counted.
 * Used by one thread.
 */
final class PictureParser {
    /** More than a JPEG of 33 megapixels has. */
    static final int MOST_BYTES = 32 << 20;
    /** For a preamble or headers before a picture in its part. */
    static final int MOST_HEADERS = 64 << 10;
    /** Between two whole pictures, including cut ones and anything else. */
    static final int MOST_BETWEEN = 64 << 20;

    private static final int LEAST_ROOM = 16 << 10;
    /** A buffer for more than this many pictures like the last is shrunk. */
    private static final int MOST_ROOM = 4;

    private final PictureShare share;
    private final boolean multipart;
    private Optional<Delimiter> delimiter;
    /** Whether the declared delimiter has come, or none was declared: then lines that look like one are ignored. */
    private boolean delimiterSeen;

    private byte[] bytes = new byte[LEAST_ROOM * 2];
    private int limit;
    /** The number of examined bytes: between pictures those where no picture begins, within one those where no delimiter does. */
    private int seen;

    /** Whether a picture may begin, since a part has begun. */
    private boolean open = true;

    private boolean atLineStart = true;
    private int headers;
    /** The number of bytes since the last whole picture. */
    private long between;

    private Optional<Begun> begun = Optional.empty();
    private long broken;
    private Optional<String> excess = Optional.empty();

    private PictureParser(PictureShare share, boolean multipart, Optional<Delimiter> delimiter) {
        this.share = share;
        share.encoded(0);
        this.multipart = multipart;
        this.delimiter = delimiter;
    }

    /** A parser for the body of a content type such as {@code multipart/x-mixed-replace; boundary=frame}. */
    static PictureParser ofMultipart(PictureShare share, String contentType) {
        return new PictureParser(share, true, Delimiter.ofContentType(contentType));
    }

    /** A parser for one picture, or several without separators. */
    static PictureParser ofPictures(PictureShare share) {
        return new PictureParser(share, false, Optional.empty());
    }

    /**
     * Reads available bytes, or waits for more.
     *
     * @return false at the end of the input
     */
    boolean fill(InputStream in) throws IOException {
        if (bytes.length - limit < LEAST_ROOM) {
            // Longer pictures were refused before.
            int length = Math.min(bytes.length * 2, MOST_BYTES + LEAST_ROOM);
            if (!share.encoded(length / 2)) {
                throw new IOException(PictureShare.refusal(limit));
            }
            bytes = Arrays.copyOf(bytes, length);
        }
        int count = in.read(bytes, limit, bytes.length - limit);
        limit += Math.max(0, count);
        between += Math.max(0, count);
        return count >= 0;
    }

    /**
     * The next picture, if it is complete.
     *
     * @throws PictureLimitException if a part or what precedes it is longer than any picture needs
     */
    Optional<PartPicture> next() throws PictureLimitException {
        requireAtMost(between, MOST_BETWEEN, "64 MiB came without a whole picture in them");
        while (begun.isPresent() || begin()) {
            Optional<Begun> picture = begun;
            int end = picture.get().end().find(bytes, limit);
            int cut = delimiterBefore(end >= 0 ? end : limit);
            if (cut < 0 && end == PictureEnd.NOT_YET) {
                requireAtMost(limit, MOST_BYTES, "a picture has more than 32 MiB");
                return Optional.empty();
            }
            begun = Optional.empty();
            boolean whole = cut < 0 && end >= 0;
            excess = whole ? picture.get().end().excess() : Optional.empty();
            if (whole && excess.isEmpty()) {
                byte[] taken = Arrays.copyOf(bytes, end);
                leave(end);
                between = limit;
                return Optional.of(new PartPicture(picture.get().kind(), taken));
            }
            broken++;
            leave(whole ? end : cut >= 0 ? cut : picture.get().end().resume());
        }
        return Optional.empty();
    }

    /** The input has ended: an incomplete picture counts as cut short. */
    void end() {
        broken += begun.isPresent() ? 1 : 0;
        begun = Optional.empty();
    }

    /** How many pictures were left out: cut short, invalid, or taking too long to decode. */
    long broken() {
        return broken;
    }

    /** Why the last picture takes too long to decode, in words that fit after "it has "; empty if it does not. */
    Optional<String> excess() {
        return excess;
    }

    /** Whether a picture is incomplete. */
    boolean isInPicture() {
        return begun.isPresent();
    }

    /** Continues after a picture, or after its remains. */
    private void leave(int at) {
        discard(at);
        giveBack(at);
        open = !multipart || delimiter.isEmpty() && !delimiterSeen;
        atLineStart = true;
    }

    /** Frees the memory of one picture that was much larger than the following ones. */
    private void giveBack(int picture) {
        int used = Math.max(picture, limit) + LEAST_ROOM;
        if (bytes.length > MOST_ROOM * used) {
            bytes = Arrays.copyOf(bytes, 2 * used);
            share.encoded(used);
        }
    }

    /** The index of a delimiter that cuts the picture short; -1 if there is none. */
    private int delimiterBefore(int end) {
        if (!multipart || delimiter.isEmpty()) {
            return -1;
        }
        int cut = delimiter.get().find(bytes, seen, end);
        seen = Math.max(0, end - delimiter.get().length());
        return cut;
    }

    /** Looks for the next picture's beginning, and moves it to the start of the buffer. */
    private boolean begin() throws PictureLimitException {
        while (seen < limit) {
            if (open) {
                Optional<PictureKind> kind = PictureKind.at(bytes, seen, limit);
                if (kind.isPresent()) {
                    discard(seen);
                    headers = 0;
                    begun = Optional.of(new Begun(kind.get(), kind.get().end()));
                    return true;
                }
            }
            int passed = pass();
            if (passed == 0) {
                break;
            }
            headers += passed;
            seen += passed;
        }
        discard(seen);
        requireAtMost(open ? headers : 0, MOST_HEADERS, "64 KiB came without a picture in them");
        return false;
    }

    /** How many bytes from here on belong to no picture; 0 if more input is needed to tell. */
    private int pass() {
        if (multipart && bytes[seen] == '-') {
            if (delimiter.isPresent() && delimiter.get().isAt(bytes, seen, limit)) {
                delimiterSeen = true;
                openPart();
                return delimiter.get().length();
            }
            if (atLineStart && !delimiterSeen) {
                return learn();
            }
            if (delimiter.isPresent() && delimiter.get().mayBeAt(bytes, seen, limit)) {
                return 0;
            }
        }
        if (open && limit - seen < PictureKind.LONGEST_MARK && PictureKind.mayBeginAt(bytes, seen, limit)) {
            return 0;
        }
        atLineStart = bytes[seen] == '\n' || bytes[seen] == '\r';
        return 1;
    }

    /** A line that begins with two dashes is a delimiter, until the declared one comes. */
    private int learn() {
        int end = seen;
        while (end < limit && bytes[end] != '\n' && bytes[end] != '\r' && end - seen < Delimiter.LONGEST) {
            end++;
        }
        if (end == limit) {
            return 0;
        }
        String line = new String(bytes, seen, end - seen, StandardCharsets.ISO_8859_1);
        if (line.startsWith(Delimiter.DASHES)) {
            delimiter = Delimiter.ofLine(line).or(() -> delimiter);
            openPart();
        }
        atLineStart = false;
        return end - seen;
    }

    private void openPart() {
        open = true;
        headers = 0;
        atLineStart = false;
    }

    private void discard(int count) {
        System.arraycopy(bytes, count, bytes, 0, limit - count);
        limit -= count;
        seen = 0;
    }

    private static void requireAtMost(long count, int most, String problem) throws PictureLimitException {
        if (count > most) {
            throw new PictureLimitException(problem);
        }
    }

    /** An incomplete picture. */
    private record Begun(PictureKind kind, PictureEnd end) {}

    /**
     * A whole picture.
     *
     * @param kind its format
     * @param bytes all of it, owned by the caller
     */
    record PartPicture(PictureKind kind, byte[] bytes) {}
}
