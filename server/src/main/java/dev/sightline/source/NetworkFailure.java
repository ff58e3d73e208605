package dev.sightline.source;

import dev.sightline.ffmpeg.NativeError;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.bytedeco.ffmpeg.global.avutil;

/** Describes a network failure in the same words as FFmpeg's failures. */
public final class NetworkFailure {
    private NetworkFailure() {}

    /** What the status of a web server's answer means; empty for success. */
    public static Optional<String> ofStatus(int status) {
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
     * Describes a connection that failed.
     *
     * @param subject the name by which people know the server
     * @param limit how long the wait was
     * @throws InterruptedException if an interrupt was the cause
     */
    public static SourceException of(String subject, IOException failure, Duration limit) throws InterruptedException {
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
        if (failure instanceof SSLException) {
            return "TLS with it fails (1.2 or later is required): " + failure.getMessage();
        }
        String text = failure.getMessage() == null ? "the connection failed" : failure.getMessage();
        return NativeError.explain(text.equals("Connection reset") ? "Connection reset by peer" : text);
    }
}
