package dev.sightline.source.http;

import dev.sightline.picture.PictureKind;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** What an answer is, by its content type and, since that is often wrong, its first bytes. */
enum Form {
    /** Parts with a picture each. */
    MULTIPART,
    /** A picture, or several without anything between them. */
    PICTURES,
    /** A page for people. */
    WEB_PAGE,
    /** Anything else, of which FFmpeg may know. */
    OTHER;

    /** What an answer is; waits for its first bytes where they must be known. */
    static Form of(Answer answer) throws IOException {
        String type = answer.header("Content-Type").toLowerCase(Locale.ROOT);
        if (type.startsWith("multipart/")) {
            return MULTIPART;
        }
        if (type.startsWith("video/") || type.startsWith("image/apng")) {
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
            // FFmpeg plays all pictures of a GIF, at their pace.
            return kind.get() == PictureKind.GIF ? OTHER : PICTURES;
        }
        if (at + 2 < beginning.length && beginning[at] == '-' && beginning[at + 1] == '-') {
            return MULTIPART;
        }
        return type.startsWith("text/html") ? WEB_PAGE : OTHER;
    }
}
