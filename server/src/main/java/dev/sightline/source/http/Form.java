package dev.sightline.source.http;

import dev.sightline.picture.PictureKind;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** The kind of an answer, by its content type and, since that is often wrong, its first bytes. */
enum Form {
    /** Parts with one picture each. */
    MULTIPART,
    /** A picture, or several without separators. */
    PICTURES,
    /** A page for people. */
    WEB_PAGE,
    /** Anything else, which FFmpeg may support. */
    OTHER;

    /** The kind of an answer; waits for its first bytes if they are needed. */
    static Form of(Answer answer) throws IOException {
        String type = answer.header("Content-Type").toLowerCase(Locale.ROOT);
        if (type.startsWith("multipart/")) {
            return MULTIPART;
        }
        if (type.startsWith("video/") && !type.contains("jpeg") || type.startsWith("image/apng")) {
            return OTHER;
        }
        byte[] beginning = answer.beginning();
        int at = 0;
        while (at < beginning.length && beginning[at] <= ' ' && beginning[at] >= 0) {
            at++;
        }
        Optional<PictureKind> kind =
                at < beginning.length ? PictureKind.at(beginning, at, beginning.length) : Optional.empty();
        if (kind.isPresent()) {
            // FFmpeg plays all frames of a GIF, at their pace.
            return kind.get() == PictureKind.GIF ? OTHER : PICTURES;
        }
        if (at + 2 < beginning.length && beginning[at] == '-' && beginning[at + 1] == '-') {
            return MULTIPART;
        }
        return type.startsWith("text/html") ? WEB_PAGE : OTHER;
    }
}
