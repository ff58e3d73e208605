package dev.sightline.source.http;

import dev.sightline.source.NetworkFailure;
import dev.sightline.source.SourceException;
import dev.sightline.source.ffmpeg.ByteOpener.OpenBytes;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A resource of a web server, from any byte on if it supports ranges (RFC 9110, 14). */
final class HttpBytes implements OpenBytes {
    private static final Pattern RANGE = Pattern.compile("bytes\\s+(\\d{1,18})-\\d{1,18}/(\\d{1,18})?.*");
    private static final int PARTIAL = 206;
    /** A read brings a few KiB; chunks and TLS add less than this. */
    private static final long MOST_A_READ = 1 << 20;

    private final String subject;
    private final PictureRequest request;
    private final WebAddress address;
    private final Optional<Long> end;
    private Answer answer;
    private long position;

    private HttpBytes(
            String subject, PictureRequest request, WebAddress address, long from, Optional<Long> end, Answer answer) {
        this.subject = subject;
        this.request = request;
        this.address = address;
        this.end = end;
        this.answer = answer;
        this.position = from;
    }

    /** Opens an address, from a byte on. */
    static HttpBytes open(
            String subject, PictureRequest request, WebAddress address, long from, Optional<Long> end, Duration limit)
            throws SourceException, InterruptedException {
        Answer answer = ask(subject, request, address, from, end, limit);
        return new HttpBytes(subject, request, address, from, end, answer);
    }

    private static Answer ask(
            String subject, PictureRequest request, WebAddress address, long from, Optional<Long> end, Duration limit)
            throws SourceException, InterruptedException {
        try {
            Answer answer = request.get(address, range(from, end), limit);
            if (from > 0 && answer.status() != PARTIAL) {
                answer.close();
                throw new SourceException(subject + ": it does not answer requests for parts (Range)");
            }
            return answer;
        } catch (IOException e) {
            throw NetworkFailure.of(subject, e, limit);
        }
    }

    private static String range(long from, Optional<Long> end) {
        return "bytes=" + from + "-"
                + end.map(behind -> Long.toString(behind - 1)).orElse("");
    }

    /** Whether it is an HLS playlist. */
    boolean isPlaylist() throws SourceException, InterruptedException {
        try {
            return Playlist.begins(answer.beginning());
        } catch (IOException e) {
            throw NetworkFailure.of(subject, e, Duration.ZERO);
        }
    }

    /** Reads all of it as a playlist. */
    Playlist playlist(Duration limit) throws SourceException, InterruptedException {
        try (Answer all = answer) {
            all.connection().allow(2 * Playlist.MOST_BYTES);
            all.connection().deadline(System.nanoTime() + limit.toNanos());
            return Playlist.read(all.body(), all.connection().server());
        } catch (IOException e) {
            throw NetworkFailure.of(subject, e, limit);
        }
    }

    @Override
    public String url() {
        return answer.connection().server().url();
    }

    @Override
    public Optional<String> format() {
        return Optional.empty();
    }

    @Override
    public Optional<Long> size() {
        Matcher range = RANGE.matcher(answer.header("Content-Range"));
        if (range.matches() && range.group(2) != null) {
            return Optional.of(Long.parseLong(range.group(2)));
        }
        return answer.status() == PARTIAL ? Optional.empty() : answer.length();
    }

    @Override
    public boolean seekable() {
        return answer.status() == PARTIAL && answer.length().isPresent();
    }

    @Override
    public void seek(long target, Duration limit) throws SourceException, InterruptedException {
        answer.close();
        answer = ask(subject, request, address, target, end, limit);
        position = target;
    }

    @Override
    public int read(byte[] into, int most, Duration limit) throws SourceException, InterruptedException {
        answer.connection().deadline(System.nanoTime() + limit.toNanos());
        answer.connection().allow(MOST_A_READ);
        try {
            int count = answer.body().read(into, 0, most);
            if (count < 0
                    && size().filter(all -> position < all && end.isEmpty()).isPresent()) {
                throw new EOFException();
            }
            position += Math.max(0, count);
            return count;
        } catch (IOException e) {
            throw NetworkFailure.of(subject, e, limit);
        }
    }

    @Override
    public void close() {
        answer.close();
    }
}
