package dev.sightline.stream;

import dev.sightline.codec.PictureException;
import dev.sightline.codec.PictureHeader;
import dev.sightline.refusal.RefusedException;
import dev.sightline.refusal.RefusedException.Reason;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way into a stream for one who sends still images. It becomes a {@link Publisher} with its first valid image: what is
 * none takes nobody's place. Used by one thread at a time; no call waits.
 */
public final class Entrance implements AutoCloseable {
    private static final int BAD_REQUEST = 400;
    private static final int UNSUPPORTED_MEDIA_TYPE = 415;

    private final NamedStream stream;
    private final List<String> chosen;
    private final Sender sender;
    private final Entered onEnter;
    private @Nullable Publisher publisher;

    /**
     * A sender that has sent nothing yet.
     *
     * @param chosen processors to run after the stream's own, of those offered to senders
     * @param sender who it is
     * @param onEnter called before the first image is worked on
     */
    public Entrance(NamedStream stream, List<String> chosen, Sender sender, Entered onEnter) {
        this.stream = stream;
        this.chosen = List.copyOf(chosen);
        this.sender = sender;
        this.onEnter = onEnter;
    }

    /**
     * Takes the next image in.
     *
     * @return why it was not taken, for its sender; empty where it was, or where the message says that there is none yet
     */
    public Optional<Refusal> take(Message message) {
        try {
            Optional<SentPicture> sent = message.picture();
            if (sent.isPresent()) {
                put(sent.get());
            }
            return Optional.empty();
        } catch (PictureException e) {
            return Optional.of(new Refusal(UNSUPPORTED_MEDIA_TYPE, String.valueOf(e.getMessage()), Optional.empty()));
        } catch (FrameIdException e) {
            return Optional.of(new Refusal(BAD_REQUEST, String.valueOf(e.getMessage()), Optional.empty()));
        } catch (RefusedException e) {
            close();
            return Optional.of(new Refusal(e.status(), e.getMessage(), Optional.of(e.reason())));
        }
    }

    /** Gives the place up; another image takes one again. */
    @Override
    public void close() {
        Publisher leaving = publisher;
        publisher = null;
        if (leaving != null) {
            leaving.close();
        }
    }

    private void put(SentPicture sent) throws PictureException, RefusedException {
        Publisher entered = publisher;
        if (entered == null) {
            PictureHeader.of(sent.bytes());
            entered = stream.publish(chosen, sender);
            publisher = entered;
            onEnter.entered(entered.stream());
        }
        entered.put(sent);
    }

    /** A message that may hold an image. */
    @FunctionalInterface
    public interface Message {
        /** What it holds; empty where it says that there is no image yet. */
        Optional<SentPicture> picture() throws PictureException, FrameIdException;
    }

    /** Is told when the sender has taken its place. */
    @FunctionalInterface
    public interface Entered {
        /**
         * The sender is in.
         *
         * @param stream that its images go to: the stream itself, or a mirror's session
         * @throws RefusedException to turn it away again
         */
        void entered(LiveStream stream) throws RefusedException;
    }

    /**
     * Why an image was not taken.
     *
     * @param status what it is called in HTTP
     * @param detail the same in words
     * @param place why the sender has no place; empty where this image is at fault, and the next may be right
     */
    public record Refusal(int status, String detail, Optional<Reason> place) {}
}
