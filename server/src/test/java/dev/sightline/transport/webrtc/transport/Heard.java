package dev.sightline.transport.webrtc.transport;

import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** A listener that keeps what it hears. */
final class Heard implements TransportListener {
    final CompletableFuture<Boolean> connected = new CompletableFuture<>();
    final CompletableFuture<Boolean> proved = new CompletableFuture<>();
    final CompletableFuture<String> closed = new CompletableFuture<>();
    final BlockingQueue<byte[]> rtp = new LinkedBlockingQueue<>();
    final BlockingQueue<byte[]> rtcp = new LinkedBlockingQueue<>();
    private final boolean awaitsMedia;

    Heard() {
        this(false);
    }

    Heard(boolean awaitsMedia) {
        this.awaitsMedia = awaitsMedia;
    }

    @Override
    public boolean awaitsMedia() {
        return awaitsMedia;
    }

    @Override
    public void onProved() {
        proved.complete(true);
    }

    @Override
    public void onConnected() {
        if (!proved.isDone()) {
            throw new AssertionError("connected, and never proved");
        }
        connected.complete(true);
    }

    @Override
    public void onRtp(byte[] packet, int offset, int length) {
        rtp.add(Arrays.copyOfRange(packet, offset, offset + length));
    }

    @Override
    public void onRtcp(byte[] packet, int offset, int length) {
        rtcp.add(Arrays.copyOfRange(packet, offset, offset + length));
    }

    @Override
    public void onClosed(String why) {
        if (!closed.complete(why)) {
            throw new AssertionError("closed twice");
        }
    }
}
