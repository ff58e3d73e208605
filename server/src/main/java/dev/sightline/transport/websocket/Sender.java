package dev.sightline.transport.websocket;

import dev.sightline.codec.PictureException;
import dev.sightline.codec.PictureHeader;
import dev.sightline.stream.PublishException;
import dev.sightline.stream.Publisher;
import org.jspecify.annotations.Nullable;

/** Sends pictures into a stream, which it enters with the first. Used on its connection's event loop. */
final class Sender {
    private final Entrance entrance;
    private @Nullable Publisher publisher;

    Sender(Entrance entrance) {
        this.entrance = entrance;
    }

    /** Gives the next picture. */
    void put(SentPicture picture) throws PictureException, PublishException {
        Publisher entered = publisher;
        if (entered == null) {
            // What is no picture takes nobody's place.
            PictureHeader.of(picture.bytes());
            entered = entrance.enter();
            publisher = entered;
        }
        if (picture.from().isPresent()) {
            entered.put(picture.bytes(), picture.from().get());
        } else {
            entered.put(picture.bytes());
        }
    }

    /** Sends no more. */
    void close() {
        if (publisher != null) {
            publisher.close();
        }
    }

    /** Lets a sender in. */
    @FunctionalInterface
    interface Entrance {
        Publisher enter() throws PublishException;
    }
}
