package dev.sightline.transport.webrtc.link;

/** A session's way to one peer. */
public final class Link {
    private Link() {}

    /** The user fragment that the SDP names now. Any thread. */
    public String ufrag() {
        throw new UnsupportedOperationException();
    }

    /** The password that the SDP names now. Any thread. */
    public String password() {
        throw new UnsupportedOperationException();
    }

    /** Gives new credentials, for an ICE restart; the old ones hold until the peer uses the new ones. Any thread. */
    public void restartIce() {
        throw new UnsupportedOperationException();
    }

    /**
     * Says whom to expect, where that was not known at the start; a peer with another certificate is turned away. Any
     * thread.
     *
     * @param remoteFingerprint as in the peer's SDP
     * @throws IllegalArgumentException if it is no fingerprint, or of an unknown kind
     */
    public void verify(String remoteFingerprint) {
        throw new UnsupportedOperationException();
    }

    /**
     * Encrypts an RTP packet and puts it on the way; {@link #flush} sends it. Before the link is connected, and after its
     * end, nothing happens. The media thread only.
     *
     * @param packet not changed, and free for other use after the call; a sequence number of an SSRC that is sent again
     *     must have the same bytes as before
     */
    public void sendRtp(byte[] packet, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    /** Encrypts a compound RTCP packet and puts it on the way, as above. The media thread only. */
    public void sendRtcp(byte[] packet, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    /** Sends what is on the way. Packets of equal size one after another cost least. The media thread only. */
    public void flush() {
        throw new UnsupportedOperationException();
    }

    /** How far it has come. Any thread. */
    public LinkState state() {
        throw new UnsupportedOperationException();
    }

    /** Why it is as it is: a sentence for people, to be shown beside the state. Any thread. */
    public String explanation() {
        throw new UnsupportedOperationException();
    }

    /** What went over it. Any thread. */
    public LinkFigures figures() {
        throw new UnsupportedOperationException();
    }

    /** Ends it, tells the peer, and then the listener; again does nothing. Any thread. */
    public void close(String why) {
        throw new UnsupportedOperationException();
    }
}
