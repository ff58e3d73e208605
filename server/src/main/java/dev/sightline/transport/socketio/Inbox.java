package dev.sightline.transport.socketio;

import dev.sightline.codec.PictureException;
import dev.sightline.codec.PictureText;
import dev.sightline.socketio.Ack;
import dev.sightline.stream.Entrance;
import dev.sightline.stream.FrameIdException;
import dev.sightline.stream.SenderFrameId;
import dev.sightline.stream.SentPicture;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Accepts the frames that a client sends in one event. The first argument is the frame: binary, base64, or a data URL. The
 * second is {@code {seq, captureTime}}, if the client wants to recognize its frame in the result. A refusal is sent in the
 * acknowledgement, if one is requested, else as the event {@code refused}: see {@link Refusal}.
 */
final class Inbox {
    private static final int ACCEPTED = 202;

    private final String stream;
    private final String event;
    private final Entrance entrance;
    private final ConnectedClient client;
    private final Figures figures;

    Inbox(String stream, String event, Entrance entrance, ConnectedClient client, Figures figures) {
        this.stream = stream;
        this.event = event;
        this.entrance = entrance;
        this.client = client;
        this.figures = figures;
    }

    /** Takes an event, if it is the one for frames. */
    boolean event(String name, List<?> arguments, Ack ack) {
        if (!name.equals(event)) {
            return false;
        }
        entrance.take(() -> sent(arguments))
                .ifPresentOrElse(refusal -> refuse(refusal, ack), () -> ack.send(Map.of("status", ACCEPTED)));
        return true;
    }

    private void refuse(Entrance.Refusal refusal, Ack ack) {
        if (refusal.place().isPresent()) {
            figures.refusedSender(stream, refusal.detail());
        } else {
            figures.refusedPicture(stream, refusal.detail());
        }
        new Refusal(refusal.status(), refusal.detail()).tell(client, event, ack);
    }

    /** The refusal of another event. */
    Refusal refusal(String name) {
        return Refusal.unknown(name, "; pictures come by the event '" + event + "'");
    }

    void close() {
        entrance.close();
    }

    /** What an event's arguments hold; nothing where the picture is the data URL of an empty canvas. */
    private static Optional<SentPicture> sent(List<?> arguments) throws PictureException, FrameIdException {
        Optional<byte[]> picture = picture(arguments.isEmpty() ? null : arguments.get(0));
        if (picture.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new SentPicture(picture.get(), from(arguments)));
    }

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
}
