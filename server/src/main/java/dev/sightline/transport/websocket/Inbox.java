package dev.sightline.transport.websocket;

import dev.sightline.codec.PictureText;
import dev.sightline.http.websocket.WebSocket;
import dev.sightline.refusal.RefusedException.Reason;
import dev.sightline.stream.Entrance;
import dev.sightline.stream.SentPicture;
import java.util.Optional;

/** Receives the input of one WebSocket: frames, or messages without meaning. Used on its connection's event loop. */
sealed interface Inbox {

    void text(String message);

    void binary(byte[] message);

    /** Nothing more comes. */
    default void close() {}

    /** For a client of which nothing is known yet. */
    record Nobody() implements Inbox {
        @Override
        public void text(String message) {}

        @Override
        public void binary(byte[] message) {}
    }

    /**
     * For a client that only watches. A refused frame is reported in either form. Text without the subprotocol is not: a page
     * that expects bare frames cannot read a reply, and many programs send some now and then to keep the connection open.
     *
     * @param why the answer to clients that send frames
     */
    record Unheard(String stream, WebSocket socket, Optional<Commands> commands, String why, Figures figures)
            implements Inbox {
        @Override
        public void text(String message) {
            commands.ifPresentOrElse(
                    known -> known.text(message),
                    () -> figures.ignored(stream, "text of a viewer without the subprotocol sightline.v1"));
        }

        @Override
        public void binary(byte[] message) {
            figures.ignored(stream, why);
            socket.text(TextMessage.error(why));
        }
    }

    /** For a client that sends frames: unusable ones are reported to it, and its connection stays. */
    record Pictures(
            String stream,
            WebSocket socket,
            MessageForm form,
            Optional<Commands> commands,
            Entrance entrance,
            Figures figures)
            implements Inbox {
        @Override
        public void text(String message) {
            commands.ifPresentOrElse(
                    known -> known.text(message),
                    () -> take(
                            () -> PictureText.decode(message).map(bytes -> new SentPicture(bytes, Optional.empty()))));
        }

        @Override
        public void binary(byte[] message) {
            take(() -> Optional.of(form.picture(message)));
        }

        @Override
        public void close() {
            entrance.close();
        }

        private void take(Entrance.Message message) {
            entrance.take(message).ifPresent(this::refuse);
        }

        private void refuse(Entrance.Refusal refusal) {
            if (refusal.place().isEmpty()) {
                figures.picture(stream, refusal.detail());
                socket.text(TextMessage.error(refusal.detail(), refusal.status()));
                return;
            }
            Reason reason = refusal.place().get();
            if (reason != Reason.ENDED) { // it may have ended by this sender's own leaving
                figures.sender(stream, refusal.detail());
            }
            socket.close(CloseCode.of(reason), refusal.detail());
        }
    }
}
