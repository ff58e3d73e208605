package dev.sightline.source.http;

import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Metadata;
import dev.sightline.frame.Picture;
import dev.sightline.picture.PictureKind;
import dev.sightline.picture.PictureKind.Size;
import dev.sightline.source.NetworkFailure;
import dev.sightline.source.Numbering;
import dev.sightline.source.Pacer;
import dev.sightline.source.SourceException;
import dev.sightline.source.SourceReader;
import dev.sightline.source.ffmpeg.HuffmanTables;
import dev.sightline.source.ffmpeg.Limits;
import dev.sightline.source.ffmpeg.PictureShare;
import dev.sightline.source.ffmpeg.ReadTimeout;
import dev.sightline.source.http.PictureParser.PartPicture;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Frames from a camera, each delivered as soon as its last byte has come. An answer that ends after a picture, a snapshot or a
 * part, is requested again, at most {@value #ASKED_PER_SECOND} times per second.
 */
final class PictureReader implements SourceReader {
    private static final int ASKED_PER_SECOND = 5;
    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(1) / ASKED_PER_SECOND;
    private static final int BROKEN_IN_A_ROW = 10;

    private final String subject;
    private final PictureRequest request;
    private final boolean loop;
    private final ReadTimeout timeout;
    private final Numbering numbering;
    private final PictureShare share = new PictureShare();
    private Answer answer;
    private Form form;
    private PictureParser parser;
    private long nextAsking = System.nanoTime() + INTERVAL;
    /** Of this answer. */
    private int pictures;
    /** Of all answers. */
    private long allPictures;

    /** Of earlier answers, and pictures whose header gives no size. */
    private long broken;

    private long brokenAtLastPicture;

    /**
     * Continues with an answer.
     *
     * @param form multipart or pictures
     * @param loop whether to request a single picture again
     */
    PictureReader(
            String subject,
            PictureRequest request,
            Answer answer,
            Form form,
            boolean loop,
            Limits limits,
            Numbering numbering) {
        this.subject = subject;
        this.request = request;
        this.answer = answer;
        this.form = form;
        this.loop = loop;
        this.timeout = new ReadTimeout(limits);
        this.numbering = numbering;
        this.parser = parser();
    }

    @Override
    public Optional<Picture> read() throws SourceException, InterruptedException {
        Duration limit = timeout.limit();
        try {
            return read(limit);
        } catch (PictureLimitException e) {
            throw new SourceException(subject + ": its data cannot be used: " + e.getMessage(), e);
        } catch (SocketTimeoutException e) {
            if (damaged() > brokenAtLastPicture) {
                throw broken();
            }
            throw NetworkFailure.of(subject, e, limit);
        } catch (IOException e) {
            throw NetworkFailure.of(subject, e, limit);
        }
    }

    @Override
    public long damaged() {
        return broken + parser.broken();
    }

    @Override
    public void close() {
        answer.close();
        share.close();
    }

    private Optional<Picture> read(Duration limit)
            throws IOException, PictureLimitException, SourceException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        answer.connection().allow(PictureParser.MOST_BETWEEN);
        while (true) {
            Optional<PartPicture> next = parser.next();
            if (next.isPresent()) {
                Optional<Picture> picture = picture(next.get());
                if (picture.isPresent()) {
                    return picture;
                }
            }
            if (damaged() - brokenAtLastPicture >= BROKEN_IN_A_ROW) {
                throw broken();
            }
            if (next.isEmpty() && !more(deadline)) {
                if (form == Form.PICTURES && !loop && allPictures == 1) {
                    return Optional.empty();
                }
                askAgain(limit);
                deadline = System.nanoTime() + limit.toNanos();
            }
        }
    }

    private Optional<Picture> picture(PartPicture part) throws SourceException {
        Optional<Size> size = part.kind().size(part.bytes());
        if (size.isEmpty()) {
            broken++;
            return Optional.empty();
        }
        share.decoded(subject, size.get().width(), size.get().height());
        byte[] bytes = part.kind() == PictureKind.JPEG ? HuffmanTables.completed(part.bytes()) : part.bytes();
        long now = System.nanoTime();
        pictures++;
        allPictures++;
        timeout.arrived(now);
        brokenAtLastPicture = damaged();
        return Optional.of(new EncodedFrame(
                part.kind().codec(),
                bytes,
                true,
                size.get().width(),
                size.get().height(),
                numbering.next(),
                numbering.clock().ofNanoTime(now),
                Metadata.EMPTY));
    }

    /** Waits for more; false if no more is expected. */
    private boolean more(long deadline) throws IOException {
        boolean still = form == Form.PICTURES && pictures == 1 && !parser.isInPicture();
        // Without another request, only the deadline shows that nothing more comes.
        answer.connection().deadline(still && loop ? Math.min(nextAsking, deadline) : deadline);
        try {
            return parser.fill(answer.body());
        } catch (SocketTimeoutException e) {
            if (still) {
                return false;
            }
            throw e;
        }
    }

    private void askAgain(Duration limit) throws IOException, SourceException, InterruptedException {
        parser.end();
        answer.close();
        broken += parser.broken();
        parser = PictureParser.ofPictures(share);
        if (pictures == 0) {
            throw damaged() > brokenAtLastPicture
                    ? broken()
                    : new SourceException(subject + ": the other side ended the connection before a picture came");
        }
        pictures = 0;
        answer = nextAnswer(limit);
        answer.connection().allow(PictureParser.MOST_BETWEEN);
        form = Form.of(answer);
        if (form != Form.MULTIPART && form != Form.PICTURES) {
            throw new SourceException(subject + ": it sent pictures, and now something else");
        }
        parser = parser();
    }

    /** Ignores one failure; but a server that does not answer at all has used its time. */
    private Answer nextAnswer(Duration limit) throws IOException, SourceException, InterruptedException {
        awaitNextAsking();
        try {
            return request.get(limit);
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException | SourceException e) {
            awaitNextAsking();
            return request.get(limit);
        }
    }

    private void awaitNextAsking() throws InterruptedException {
        Pacer.await(nextAsking);
        nextAsking = System.nanoTime() + INTERVAL;
    }

    private PictureParser parser() {
        return form == Form.MULTIPART
                ? PictureParser.ofMultipart(share, answer.header("Content-Type"))
                : PictureParser.ofPictures(share);
    }

    private SourceException broken() {
        long count = damaged() - brokenAtLastPicture;
        return new SourceException(subject + ": no whole picture comes: " + count
                + (count == 1 ? " was" : " were") + " cut short or broken"
                + parser.excess().map(words -> "; the last has " + words).orElse(""));
    }
}
