package dev.sightline.transport.websocket;

import dev.sightline.codec.PictureException;
import dev.sightline.stream.FrameIdException;

/** Any message is a picture after its header, or is refused; nothing else is thrown. */
public final class SentMessageFuzz {
    private SentMessageFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        try {
            MessageForm.SIGHTLINE_V1.picture(input);
        } catch (PictureException | FrameIdException e) {
            // said so
        }
    }
}
