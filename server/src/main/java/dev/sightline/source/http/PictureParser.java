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
 * Finds the pictures in what a camera sends, as soon as the last byte of each has come: the parts of a multipart body, or
 * pictures without anything between them.
 *
 * <p>Cameras agree on little but this: a part begins after a delimiter, and has one picture, which begins with the mark of
 * its kind and ends where its own structure says. So lengths, types and headers are not believed, not even that there are
 * any, and only what lies between is thrown away. A picture into which the next delimiter falls was cut, and is left out
 * and counted. Used by one thread.
 */
final class PictureParser {
    /** More than 33 megapixels of JPEG have. */
    static final int MOST_BYTES = 32 << 20;
    /** What may come before a picture in its part: a preamble or headers. */
    static final int MOST_HEADERS = 64 << 10;
    /** What may come from one whole picture to the next: some that are cut, and whatever else is no picture. */
    static final int MOST_BETWEEN = 64 << 20;

    private static final int LEAST_ROOM = 16 << 10;
    /** Room for so many pictures like the last is given back. */
    private static final int MOST_ROOM = 4;

    private final PictureShare share;
    private final boolean multipart;
    private Optional<Delimiter> delimiter;
    /** Whether what was declared has come, or nothing was: then nothing is learnt from lines that look like one. */
    private boolean delimiterSeen;

    private byte[] bytes = new byte[LEAST_ROOM * 2];
    private int limit;
    /** How much has been looked at: between pictures where no picture begins, in one where no delimiter does. */
    private int seen;

    /** Whether a picture may begin: a part has begun. */
    private boolean open = true;

    private boolean atLineStart = true;
    private int headers;
    /** How much has come since the last whole picture. */
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

    /** A parser of the body of a content type such as {@code multipart/x-mixed-replace; boundary=frame}. */
    static PictureParser ofMultipart(PictureShare share, String contentType) {
        return new PictureParser(share, true, Delimiter.ofContentType(contentType));
    }

    /** A parser of one picture, or of several without anything between them. */
    static PictureParser ofPictures(PictureShare share) {
        return new PictureParser(share, false, Optional.empty());
    }

    /**
     * Takes in what has come, or waits for more.
     *
     * @return false at the end of the input
     */
    boolean fill(InputStream in) throws IOException {
        if (bytes.length - limit < LEAST_ROOM) {
            // What is longer than any picture was refused before.
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
     * The next picture, if the whole of it has come.
     *
     * @throws PictureLimitException if a part or what comes before it is longer than any picture needs
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

    /** Says that nothing more comes: a picture that has begun is cut. */
    void end() {
        broken += begun.isPresent() ? 1 : 0;
        begun = Optional.empty();
    }

    /** How many pictures were left out because they were cut, were none, or take too long to decode. */
    long broken() {
        return broken;
    }

    /** Why the last picture takes too long to decode, in words that fit after "it has "; empty where it does not. */
    Optional<String> excess() {
        return excess;
    }

    /** Whether a picture has begun of which more must come. */
    boolean isInPicture() {
        return begun.isPresent();
    }

    /** Goes on behind a picture, or behind what was left of it. */
    private void leave(int at) {
        discard(at);
        giveBack(at);
        open = !multipart || delimiter.isEmpty() && !delimiterSeen;
        atLineStart = true;
    }

    /** One picture that is much larger than the others does not take memory for as long as they come. */
    private void giveBack(int picture) {
        int used = Math.max(picture, limit) + LEAST_ROOM;
        if (bytes.length > MOST_ROOM * used) {
            bytes = Arrays.copyOf(bytes, 2 * used);
            share.encoded(used);
        }
    }

    /** Where a delimiter says that the picture was cut; -1 where none does. */
    private int delimiterBefore(int end) {
        if (!multipart || delimiter.isEmpty()) {
            return -1;
        }
        int cut = delimiter.get().find(bytes, seen, end);
        seen = Math.max(0, end - delimiter.get().length());
        return cut;
    }

    /** Looks for the next picture's beginning, and puts it to the beginning of the room. */
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

    /** How many bytes belong to no picture from here on; 0 where that cannot be told before more has come. */
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

    /** A line that begins with two dashes is a delimiter, unless that which was declared comes. */
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

    /** A picture of which not all has come. */
    private record Begun(PictureKind kind, PictureEnd end) {}

    /**
     * A whole picture.
     *
     * @param kind how it is compressed
     * @param bytes all of it, for the caller to keep
     */
    record PartPicture(PictureKind kind, byte[] bytes) {}
}
