package dev.sightline.bench.load;

import java.nio.ByteBuffer;

/** Finds the pictures in what one connection brings, touching as few bytes as it can. Used by one thread. */
interface PictureParser {

    /** Takes the next bytes, all of them, and tells of what is complete with them. */
    void feed(ByteBuffer bytes, Listener listener);

    /** What this end may send unasked to be taken for alive; nothing where the protocol knows no such thing. */
    default byte[] signOfLife() {
        return new byte[0];
    }

    /** What is found. */
    interface Listener {

        /** A picture's last byte is here; its first ones are lent. */
        void picture(PictureHead head);

        /** The protocol wants this said to the server. */
        void answer(byte[] bytes);

        /** The server has answered a ping. */
        default void pong() {}

        /** The server says goodbye. */
        void goodbye();
    }
}
