package dev.sightline.transport.webrtc.dtls;

import java.util.concurrent.Semaphore;

/** Lets only a few threads compute at a time, however many wait: handshakes must not take the processors from media. */
final class ConcurrencyLimit {
    private final Semaphore places;

    ConcurrencyLimit(int places) {
        this.places = new Semaphore(places, true);
    }

    void enter() {
        places.acquireUninterruptibly();
    }

    void leave() {
        places.release();
    }
}
