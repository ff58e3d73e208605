package dev.sightline.transport.websocket;

import dev.sightline.codec.PictureException;
import dev.sightline.codec.PictureText;
import dev.sightline.http.websocket.WebSocket;
import dev.sightline.stream.FrameIdException;
import dev.sightline.stream.PublishException;
import java.util.Optional;

/** What comes in over one WebSocket: nothing that means anything, or pictures. Used on its connection's event loop. */
sealed interface Inbox {

    /** A text message. */
    void text(String message);

    /** A binary message. */
    void binary(byte[] message);

    /** Nothing more comes. */
    default void close() {}

    /** Of one of whom nothing is known yet. */
    record Nobody() implements Inbox {
        @Override
        public void text(String message) {}

        @Override
        public void binary(byte[] message) {}
    }

    /**
     * Of one who only watches. A picture that is not taken is told in any form; text means nothing to a page that expects
     * bare pictures, and many a program says something now and then to keep its connection open.
     *
     * @param why what those are told who send pictures
     */
    record Unheard(String stream, WebSocket socket, MessageForm form, String why, Refusals refusals) implements Inbox {
        @Override
        public void text(String message) {
            refusals.ignored(stream, "a viewer has no commands here yet");
            form.say(socket, TextMessage.error("a viewer has no commands here yet"));
        }

        @Override
        public void binary(byte[] message) {
            refusals.ignored(stream, why);
            socket.text(TextMessage.error(why));
        }
    }

    /** Of one who sends pictures: what cannot be used is told to the sender, and its connection stays. */
    record Pictures(String stream, WebSocket socket, MessageForm form, Sender sender, Refusals refusals)
            implements Inbox {
        private static final int BAD_REQUEST = 400;

        @Override
        public void text(String message) {
            if (form == MessageForm.SIGHTLINE_V1) {
                String why = "a sender has no commands here yet; pictures are binary messages";
                refusals.ignored(stream, why);
                form.say(socket, TextMessage.error(why));
                return;
            }
            take(() -> PictureText.decode(message).map(bytes -> new SentPicture(bytes, Optional.empty())));
        }

        @Override
        public void binary(byte[] message) {
            take(() -> Optional.of(
                    form == MessageForm.SIGHTLINE_V1
                            ? SentPicture.of(message)
                            : new SentPicture(message, Optional.empty())));
        }

        @Override
        public void close() {
            sender.close();
        }

        private void take(Reading reading) {
            try {
                Optional<SentPicture> picture = reading.picture();
                if (picture.isPresent()) {
                    sender.put(picture.get());
                }
            } catch (PictureException e) {
                String why = String.valueOf(e.getMessage());
                refusals.picture(stream, why);
                socket.text(TextMessage.error(why));
            } catch (FrameIdException e) {
                String why = String.valueOf(e.getMessage());
                refusals.picture(stream, why);
                socket.text(TextMessage.error(why, BAD_REQUEST));
            } catch (PublishException e) {
                String why = String.valueOf(e.getMessage());
                if (e.reason() != PublishException.Reason.ENDED) { // it may have ended by this sender's own leaving
                    refusals.sender(stream, why);
                }
                socket.close(CloseCode.of(e.reason()), why);
            }
        }

        /** How a message is read; empty where it says that there is no picture yet. */
        @FunctionalInterface
        private interface Reading {
            Optional<SentPicture> picture() throws PictureException, FrameIdException;
        }
    }
}
