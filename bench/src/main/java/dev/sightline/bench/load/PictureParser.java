package dev.sightline.bench.load;

import java.nio.ByteBuffer;

/** Finds the pictures in what one connection brings, touching as few bytes as it can. Used by one thread. */
interface PictureParser {

    /** Takes the next bytes, all of them, and tells of what is complete with them. */
    void feed(ByteBuffer bytes, Listener listener);

    /** What is found. */
    interface Listener {

        /** A picture's last byte is here; its capture time in milliseconds since the Unix epoch, or NaN. */
        void picture(double captureMillis);

        /** The server wants to know whether this end lives. */
        void ping();

        /** The server says goodbye. */
        void goodbye();
    }
}
