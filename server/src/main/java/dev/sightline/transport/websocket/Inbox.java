package dev.sightline.transport.websocket;

import dev.sightline.codec.PictureException;
import dev.sightline.codec.PictureText;
import dev.sightline.http.WebSocket;
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

    /** Of one who only watches. */
    record Unheard(WebSocket socket, MessageForm form, Refusals refusals) implements Inbox {
        @Override
        public void text(String message) {
            refuse("a viewer has no commands here yet");
        }

        @Override
        public void binary(byte[] message) {
            refuse("a viewer sends no pictures");
        }

        private void refuse(String why) {
            refusals.ignored();
            form.say(socket, TextMessage.error(why));
        }
    }

    /** Of one who sends pictures: what cannot be used is told to the sender, and its connection stays. */
    record Pictures(String stream, WebSocket socket, MessageForm form, Sender sender, Refusals refusals)
            implements Inbox {
        @Override
        public void text(String message) {
            if (form == MessageForm.SIGHTLINE_V1) {
                refusals.ignored();
                form.say(socket, TextMessage.error("a sender has no commands here yet; pictures are binary messages"));
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
                form.say(socket, TextMessage.error(why));
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
            Optional<SentPicture> picture() throws PictureException;
        }
    }
}
