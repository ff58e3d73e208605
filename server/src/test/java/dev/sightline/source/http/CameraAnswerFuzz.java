package dev.sightline.source.http;

import dev.sightline.source.ffmpeg.PictureShare;
import dev.sightline.source.http.PictureParser.PartPicture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;

/**
 * Any bytes of a camera are pictures or are not; each found is one of its bytes' runs, and nothing else is thrown. The
 * first byte says how much comes at a time, and whether the body is multipart.
 */
public final class CameraAnswerFuzz {
    private CameraAnswerFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        PictureParser parser = (input[0] & 1) == 0
                ? PictureParser.ofMultipart(
                        new PictureShare(), "multipart/x-mixed-replace; boundary=f" + (input[0] & 2))
                : PictureParser.ofPictures(new PictureShare());
        int step = 1 + (input[0] >> 2 & 0x3F);
        int found = 0;
        try {
            for (int at = 1; at < input.length; at += step) {
                parser.fill(new ByteArrayInputStream(input, at, Math.min(step, input.length - at)));
                for (Optional<PartPicture> next = parser.next(); next.isPresent(); next = parser.next()) {
                    next.get().kind().size(next.get().bytes());
                    found += next.get().bytes().length;
                }
            }
            parser.end();
        } catch (PictureLimitException e) {
            // said so
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        if (found + parser.broken() >= input.length) {
            throw new IllegalStateException("more was found than came");
        }
    }
}
