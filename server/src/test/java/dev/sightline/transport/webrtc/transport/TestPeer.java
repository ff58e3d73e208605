package dev.sightline.transport.webrtc.transport;

import dev.sightline.transport.webrtc.dtls.DtlsIdentity;
import dev.sightline.transport.webrtc.dtls.DtlsPeer;
import dev.sightline.transport.webrtc.ice.StunMaker;
import dev.sightline.transport.webrtc.parameters.BigEndian;
import dev.sightline.transport.webrtc.parameters.Fingerprint;
import dev.sightline.transport.webrtc.parameters.SrtpKeyingMaterial;
import dev.sightline.transport.webrtc.parameters.SrtpProfile;
import dev.sightline.transport.webrtc.srtp.SrtpReceiver;
import dev.sightline.transport.webrtc.srtp.SrtpSender;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import org.bouncycastle.tls.DatagramTransport;

/** The other side of a transport, in a test: it checks, shakes hands, and sends and receives media. */
final class TestPeer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 5_000;

    private final TestWire wire;
    private final DtlsPeer dtls;
    private final Deque<byte[]> others = new ArrayDeque<>();
    private Optional<SrtpSender> sender = Optional.empty();
    private Optional<SrtpReceiver> receiver = Optional.empty();

    TestPeer(TestWire wire) {
        this(wire, DtlsPeer.newIdentity());
    }

    TestPeer(TestWire wire, DtlsIdentity identity) {
        this.wire = wire;
        this.dtls = new DtlsPeer(identity);
    }

    Fingerprint fingerprint() {
        return dtls.fingerprint();
    }

    TestWire wire() {
        return wire;
    }

    /** Sends a check that nominates its way; what comes back, if anything does, is its answer's type. */
    Optional<Integer> check(PeerTransport transport) throws IOException {
        return check(StunMaker.request(
                        transport.credentials().ufrag() + ":peer",
                        transport.credentials().password())
                .nominating()
                .bytes());
    }

    Optional<Integer> check(byte[] request) throws IOException {
        return check(request, PATIENCE_MILLIS);
    }

    Optional<Integer> check(byte[] request, int millis) throws IOException {
        wire.send(request);
        return next(0, 3, millis).map(answer -> BigEndian.u16(answer, 0));
    }

    /** Shakes hands. */
    void secure(SrtpProfile... profiles) throws IOException, GeneralSecurityException {
        secure(() -> {}, profiles);
    }

    /** Shakes hands, and does something when the first answer is there. */
    void secure(Interlude amidst, SrtpProfile... profiles) throws IOException, GeneralSecurityException {
        SrtpKeyingMaterial keys = dtls.secure(
                new Datagrams() {
                    private boolean answered;

                    @Override
                    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
                        int received = super.receive(buffer, offset, length, waitMillis);
                        if (received > 0 && !answered) {
                            answered = true;
                            amidst.run();
                        }
                        return received;
                    }
                },
                profiles);
        sender = Optional.of(new SrtpSender(keys));
        receiver = Optional.of(new SrtpReceiver(keys));
    }

    /** What is done amidst a handshake. */
    @FunctionalInterface
    interface Interlude {
        void run() throws IOException;
    }

    /** Sends only the beginning of a handshake. */
    void beginToSecure() throws IOException {
        try {
            dtls.secure(
                    new Datagrams() {
                        @Override
                        public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
                            throw new IOException("killed");
                        }
                    },
                    SrtpProfile.values());
        } catch (IOException e) {
            // as it should
        }
    }

    byte[] sealedRtp(byte[] packet) {
        byte[] sealed = new byte[2048];
        return Arrays.copyOf(sealed, sender.orElseThrow().rtp(packet, 0, packet.length, sealed));
    }

    byte[] sealedRtcp(byte[] packet) {
        byte[] sealed = new byte[2048];
        return Arrays.copyOf(sealed, sender.orElseThrow().rtcp(packet, 0, packet.length, sealed));
    }

    void send(byte[] datagram) throws IOException {
        wire.send(datagram);
    }

    /** The next RTP or RTCP packet, decrypted. */
    Optional<byte[]> receive(int millis) throws IOException {
        return next(128, 191, millis).map(this::opened);
    }

    private byte[] opened(byte[] sealed) {
        int length = PacketDemultiplexer.isRtcp(sealed[1])
                ? receiver.orElseThrow().rtcp(sealed, sealed.length)
                : receiver.orElseThrow().rtp(sealed, sealed.length);
        if (length < 0) {
            throw new AssertionError("a packet cannot be opened: " + length);
        }
        return Arrays.copyOf(sealed, length);
    }

    void sendApplicationData(byte[] bytes) throws IOException {
        dtls.sendApplicationData(bytes);
    }

    void sayGoodbye() throws IOException {
        dtls.sayGoodbye();
    }

    /** Whether the other side says goodbye. */
    boolean hearsGoodbye() throws IOException {
        return dtls.hearsGoodbye();
    }

    /** The next packet whose first byte is in this range; others are kept for those who want them. */
    private Optional<byte[]> next(int from, int to, int millis) throws IOException {
        long deadline = System.nanoTime() + millis * 1_000_000L;
        for (byte[] kept : others) {
            if (in(kept, from, to)) {
                others.remove(kept);
                return Optional.of(kept);
            }
        }
        while (true) {
            int left = (int) ((deadline - System.nanoTime()) / 1_000_000);
            Optional<byte[]> packet = left > 0 ? wire.receive(left) : Optional.empty();
            if (packet.isEmpty() || in(packet.get(), from, to)) {
                return packet;
            }
            others.add(packet.get());
        }
    }

    private static boolean in(byte[] packet, int from, int to) {
        int first = packet[0] & 0xff;
        return first >= from && first <= to;
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }

    /** The wire, as the library wants it. */
    private class Datagrams implements DatagramTransport {
        @Override
        public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
            Optional<byte[]> datagram = next(20, 63, waitMillis);
            if (datagram.isEmpty()) {
                return -1;
            }
            System.arraycopy(datagram.get(), 0, buffer, offset, datagram.get().length);
            return datagram.get().length;
        }

        @Override
        public void send(byte[] buffer, int offset, int length) throws IOException {
            wire.send(Arrays.copyOfRange(buffer, offset, offset + length));
        }

        @Override
        public int getReceiveLimit() {
            return 2048;
        }

        @Override
        public int getSendLimit() {
            return 300;
        }

        @Override
        public void close() {
            // the peer closes it
        }
    }
}
