package dev.sightline.transport.webrtc.link;

/** x */
final class WarmUp implements Runnable {
    WarmUp(Handshakes room) {}

    @Override
    public void run() {}
}
