package dev.sightline.transport.socketio;

import dev.sightline.codec.PictureException;
import dev.sightline.codec.PictureHeader;
import dev.sightline.codec.PictureText;
import dev.sightline.socketio.Ack;
import dev.sightline.stream.FrameIdException;
import dev.sightline.stream.PublishException;
import dev.sightline.stream.Publisher;
import dev.sightline.stream.SenderFrameId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes the pictures that a client sends in one event: binary, base64, or a data URL as the first argument, and
 * {@code {seq, captureTime}} as the second if the client wants to know its picture again. What is not taken is told by the
 * acknowledgement, if one is asked for, else by the event {@code refused}: see {@link Refusal}.
 */
final class Inbox {
    private static final int BAD_REQUEST = 400;
    private static final int UNSUPPORTED_MEDIA_TYPE = 415;
    private static final int ACCEPTED = 202;

    private final String stream;
    private final String event;
    private final Entrance entrance;
    private final ConnectedClient client;
    private final Figures figures;
    private @Nullable Publisher publisher;

    Inbox(String stream, String event, Entrance entrance, ConnectedClient client, Figures figures) {
        this.stream = stream;
        this.event = event;
        this.entrance = entrance;
        this.client = client;
        this.figures = figures;
    }

    /** Takes an event, if it is the one that pictures come in. */
    boolean event(String name, List<?> arguments, Ack ack) {
        if (!name.equals(event)) {
            return false;
        }
        try {
            Optional<byte[]> picture = picture(arguments.isEmpty() ? null : arguments.get(0));
            if (picture.isPresent()) {
                put(picture.get(), from(arguments));
            }
            ack.send(Map.of("status", ACCEPTED));
        } catch (PictureException e) {
            refuse(UNSUPPORTED_MEDIA_TYPE, e, ack);
        } catch (FrameIdException e) {
            refuse(BAD_REQUEST, e, ack);
        } catch (PublishException e) {
            close();
            figures.refusedSender(stream, String.valueOf(e.getMessage()));
            new Refusal(status(e.reason()), String.valueOf(e.getMessage())).tell(client, event, ack);
        }
        return true;
    }

    private void refuse(int status, Exception why, Ack ack) {
        String detail = String.valueOf(why.getMessage());
        figures.refusedPicture(stream, detail);
        new Refusal(status, detail).tell(client, event, ack);
    }

    /** What the sender of another event is told. */
    Refusal refusal(String name) {
        return Refusal.unknown(name, "; pictures come by the event '" + event + "'");
    }

    /** Sends no more. */
    void close() {
        Publisher ending = publisher;
        publisher = null;
        if (ending != null) {
            ending.close();
        }
    }

    /** What a refusal is called in HTTP. */
    static int status(PublishException.Reason reason) {
        return switch (reason) {
            case WRONG_KIND, NOT_OFFERED -> 403;
            case TAKEN -> 409;
            case LIMIT -> 503;
            case ENDED -> 410;
        };
    }

    private void put(byte[] picture, Optional<SenderFrameId> from) throws PictureException, PublishException {
        Publisher entered = publisher;
        if (entered == null) {
            // What is no picture takes nobody's place.
            PictureHeader.of(picture);
            entered = entrance.enter();
            publisher = entered;
        }
        if (from.isPresent()) {
            entered.put(picture, from.get());
        } else {
            entered.put(picture);
        }
    }

    /** The picture's bytes; empty for the data URL of an empty canvas. */
    private static Optional<byte[]> picture(@Nullable Object argument) throws PictureException {
        if (argument instanceof byte[] bytes) {
            return Optional.of(bytes);
        }
        if (argument instanceof String text) {
            return PictureText.decode(text);
        }
        throw new PictureException("a picture is binary, text in base64, or a data URL");
    }

    private static Optional<SenderFrameId> from(List<?> arguments) throws FrameIdException {
        Object said = arguments.size() > 1 ? arguments.get(1) : null;
        return said == null ? Optional.empty() : SenderFrameId.read(said);
    }

    /** Lets a sender in. */
    @FunctionalInterface
    interface Entrance {
        Publisher enter() throws PublishException;
    }
}
