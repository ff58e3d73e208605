package dev.sightline.ffmpeg;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Loader;

/**
 * Explains FFmpeg's error codes to people.
 *
 * <p>The operating system's error numbers differ between platforms, so these are distinguished by the system's own English
 * messages.
 */
public final class NativeError {
    /** No data is available now; not a failure. */
    public static final int TRY_AGAIN;

    private static final int REFUSED_FORMAT;
    private static final String TIMED_OUT = "Connection timed out";
    private static final int LONGEST = 256;

    static {
        Loader.load(avutil.class); // the failure may precede any other use of FFmpeg
        TRY_AGAIN = org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN();
        REFUSED_FORMAT = org.bytedeco.ffmpeg.presets.avutil.AVERROR_EINVAL();
    }

    private NativeError() {}

    /** Whether it is the operating system's timeout. */
    public static boolean isTimeOut(int code) {
        return text(code).equals(TIMED_OUT);
    }

    /** What went wrong, as the end of a sentence that begins with what was opened or read. */
    public static String explain(int code) {
        if (code == avutil.AVERROR_HTTP_UNAUTHORIZED()) {
            return "the server wants a user name and password (401): put the right ones into the address,"
                    + " as in scheme://user:password@host/";
        } else if (code == avutil.AVERROR_HTTP_FORBIDDEN()) {
            return "the server does not permit it (403): check the user's rights";
        } else if (code == avutil.AVERROR_HTTP_NOT_FOUND()) {
            return "the server has no such stream (404): check the path of the address";
        } else if (code == avutil.AVERROR_HTTP_TOO_MANY_REQUESTS()) {
            return "the server is asked too often (429)";
        } else if (code == avutil.AVERROR_HTTP_BAD_REQUEST() || code == avutil.AVERROR_HTTP_OTHER_4XX()) {
            return "the server refuses the request (4xx): check the address";
        } else if (code == avutil.AVERROR_HTTP_SERVER_ERROR()) {
            return "the server has failed (5xx)";
        } else if (code == avutil.AVERROR_INVALIDDATA()) {
            return "its data is broken or not a video";
        } else if (code == avutil.AVERROR_EOF()) {
            return "it ends before a picture came";
        }
        return code == REFUSED_FORMAT
                ? "it is of a kind that is not opened, such as a playlist or another list of files and addresses"
                : explain(text(code));
    }

    /** The same for a message of the operating system. */
    public static String explain(String text) {
        return switch (text) {
            case "Connection refused" -> "connection refused: is it switched on, and is the port right?";
            case "No route to host", "Network is unreachable" -> "no way to that host: is it in this network?";
            case "Connection reset by peer", "Broken pipe" -> "the other side broke off the connection";
            case TIMED_OUT -> "no answer: is it switched on, and is the address right?";
            case "Device or resource busy" -> "another program has it open";
            case "No such device" -> "it was unplugged";
            case "Inappropriate ioctl for device" -> "it is not a camera";
            case "Input/output error" -> "the connection failed or was broken off";
            default -> text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
        };
    }

    /** FFmpeg's own message. */
    public static String text(int code) {
        byte[] text = new byte[LONGEST];
        avutil.av_strerror(code, text, LONGEST);
        int length = 0;
        while (length < LONGEST && text[length] != 0) {
            length++;
        }
        return new String(text, 0, length, StandardCharsets.UTF_8);
    }
}
