package dev.sightline.source.http;

import dev.sightline.ffmpeg.NativeError;
import dev.sightline.source.SourceException;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import org.bytedeco.ffmpeg.global.avutil;

/** What went wrong with a web server, in the words that FFmpeg's failures are told in. */
final class Failure {
    private Failure() {}

    /** What an answer's status says; empty where all is well. */
    static Optional<String> ofStatus(int status) {
        return switch (status / 100) {
            case 2 -> Optional.empty();
            case 4, 5 -> Optional.of(NativeError.explain(code(status)));
            default -> Optional.of("the server answers with the status " + status);
        };
    }

    private static int code(int status) {
        return switch (status) {
            case 400 -> avutil.AVERROR_HTTP_BAD_REQUEST();
            case 401 -> avutil.AVERROR_HTTP_UNAUTHORIZED();
            case 403 -> avutil.AVERROR_HTTP_FORBIDDEN();
            case 404 -> avutil.AVERROR_HTTP_NOT_FOUND();
            case 429 -> avutil.AVERROR_HTTP_TOO_MANY_REQUESTS();
            default -> status < 500 ? avutil.AVERROR_HTTP_OTHER_4XX() : avutil.AVERROR_HTTP_SERVER_ERROR();
        };
    }

    /**
     * A connection that failed.
     *
     * @param subject what people know the server by
     * @param limit how long was waited
     * @throws InterruptedException if that is why
     */
    static SourceException of(String subject, IOException failure, Duration limit) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return new SourceException(subject + ": " + reason(failure, limit), failure);
    }

    private static String reason(IOException failure, Duration limit) {
        if (failure instanceof SocketTimeoutException) {
            return "no picture within " + limit.toSeconds() + " s";
        } else if (failure instanceof EOFException) {
            return "the other side ended the connection before a picture came";
        } else if (failure instanceof UnknownHostException) {
            return "unknown host: is the name right, and is this computer in that network?";
        }
        String text = failure.getMessage() == null ? "the connection failed" : failure.getMessage();
        return NativeError.explain(text.equals("Connection reset") ? "Connection reset by peer" : text);
    }
}
