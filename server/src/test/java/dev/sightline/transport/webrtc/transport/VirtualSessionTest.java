package dev.sightline.transport.webrtc.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.codec.RtpTime;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.refusal.RefusedException;
import dev.sightline.transport.webrtc.dtls.DtlsExecutor;
import dev.sightline.transport.webrtc.ice.StunMaker;
import dev.sightline.transport.webrtc.parameters.BigEndian;
import dev.sightline.transport.webrtc.parameters.IceCredentials;
import dev.sightline.transport.webrtc.parameters.SrtpKeyingMaterial;
import dev.sightline.transport.webrtc.parameters.SrtpProfile;
import dev.sightline.transport.webrtc.rtp.PacketSink;
import dev.sightline.transport.webrtc.rtp.Pictures;
import dev.sightline.transport.webrtc.rtp.RateControl;
import dev.sightline.transport.webrtc.rtp.ReceivedFrame;
import dev.sightline.transport.webrtc.rtp.ReceiverSettings;
import dev.sightline.transport.webrtc.rtp.RtcpReader;
import dev.sightline.transport.webrtc.rtp.RtpFeed;
import dev.sightline.transport.webrtc.rtp.RtpReceiver;
import dev.sightline.transport.webrtc.rtp.RtpSender;
import dev.sightline.transport.webrtc.rtp.Senders;
import dev.sightline.transport.webrtc.srtp.SrtpReceiver;
import dev.sightline.transport.webrtc.srtp.SrtpSender;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Whole sessions in one thread and in virtual time: all but the sockets and the DTLS handshake, whose keys are given. */
class VirtualSessionTest {
    private static final int SESSIONS = Integer.getInteger("sessions", 50);
    private static final long MS = 1_000_000L;
    private static final InetAddress HOST = InetAddress.getLoopbackAddress();
    private static final InetSocketAddress SERVER = new InetSocketAddress(HOST, 9);
    private static final DtlsExecutor UNUSED = new DtlsExecutor(1);

    @AfterAll
    static void close() {
        UNUSED.close();
    }

    @Test
    void session_tenPercentLossARestartAndASwitch_goesOnForAnySeed() throws Exception {
        for (int seed = 1; seed <= SESSIONS; seed++) {
            new World(seed).session();
        }
    }

    @Test
    void session_sameSeed_isTheSame() throws Exception {
        assertThat(new World(7).session()).isEqualTo(new World(7).session());
    }

    /** The server, its peer, and a bad way between them. */
    private static final class World {
        private static final int LOSSY_FRAMES = 120;
        private static final int FRAMES = 170;
        private static final double LOSS = 0.10;
        private static final long ONE_WAY_NANOS = 20 * MS;
        private static final long JITTER_NANOS = 5 * MS;
        private static final long CHECK_NANOS = 100 * MS;
        private static final long CHECK_AGAIN_NANOS = 500 * MS;

        private final int seed;
        private final Random random;
        private final PriorityQueue<Flying> flying =
                new PriorityQueue<>(Comparator.comparingLong(Flying::arrival).thenComparingLong(Flying::number));
        private long now = Pictures.START_NANOS;
        private long number;
        private double loss = LOSS;

        // The server.
        private final PeerTransports transports =
                new PeerTransports(Runnable::run, UNUSED, Timeouts.USUAL, () -> now, TestPort.SETTINGS);
        private final PacketDemultiplexer demultiplexer = new PacketDemultiplexer(transports);
        private final Heard heard = new Heard();
        private final PeerTransport transport = transports.open(HOST, Optional.empty(), new Listener());
        private final RtcpReader toServer = new RtcpReader();
        private final RtpSender sender = new RtpSender(
                Senders.withRtx(1, 96, "server", 2),
                new Sink(transport::sendRtp, transport::sendRtcp),
                new RateControl(List.of(Pictures.VP8, Pictures.SMALL_VP8), now),
                () -> keyframeWanted = true);
        private final Map<Long, EncodedFrame> sent = new HashMap<>();
        private RtpFeed feed = new RtpFeed(Pictures.VP8);
        private boolean keyframeWanted = true;

        // The peer.
        private final RtcpReader toPeer = new RtcpReader();
        private final SrtpSender outgoing;
        private final SrtpReceiver incoming;
        private final RtpReceiver receiver = new RtpReceiver(
                new ReceiverSettings(Pictures.VP8.codec(), 96, OptionalInt.of(97), 3, "peer", 4_000_000),
                new Sink((packet, offset, length) -> {}, this::protectReport),
                this::show);
        private final List<Long> shown = new ArrayList<>();
        private InetSocketAddress peer = new InetSocketAddress(HOST, 1_001);
        private IceCredentials credentials = new IceCredentials("peer", "the-peers-own-password-1");
        private boolean answered;
        private boolean silent;
        private long checkedNanos = Long.MIN_VALUE / 2;

        World(int seed) throws GeneralSecurityException, RefusedException {
            this.seed = seed;
            this.random = new Random(seed);
            SrtpKeyingMaterial keys = keys(true);
            outgoing = new SrtpSender(keys);
            incoming = new SrtpReceiver(keys);
        }

        private SrtpKeyingMaterial keys(boolean client) {
            SrtpProfile profile = SrtpProfile.values()[seed % SrtpProfile.values().length];
            byte[] bytes = new byte[profile.materialBytes()];
            new Random(seed).nextBytes(bytes);
            return new SrtpKeyingMaterial(profile, bytes, client);
        }

        /** From the first check to the peer's silence; gives what can be compared. */
        List<Object> session() throws GeneralSecurityException {
            connects();
            int switched = 20 + random.nextInt(20);
            int restarted = 60 + random.nextInt(20);
            for (int frame = 1; frame <= FRAMES; frame++) {
                if (frame == switched) {
                    feed = new RtpFeed(Pictures.SMALL_VP8);
                    keyframeWanted = true;
                } else if (frame == restarted) {
                    moves();
                } else if (frame == LOSSY_FRAMES) {
                    loss = 0;
                }
                send(frame);
                passes(Pictures.INTERVAL_NANOS);
            }
            passes(500 * MS);
            assertThat(shown).as("seed %d", seed).hasSizeGreaterThan(FRAMES / 2).endsWith(FRAMES - 1L, (long) FRAMES);
            assertThat(shown).isSorted().doesNotHaveDuplicates();
            assertThat(sender.statistics().retransmissions().packets()).isPositive();
            assertThat(receiver.statistics().arrivals().repaired()).isPositive();
            TransportFigures figures = transport.figures();
            assertThat(figures.remote()).contains(peer);
            assertThat(figures.forged() + figures.replayed()).isZero();
            fallsSilent();
            return List.of(
                    List.copyOf(shown),
                    figures.traffic().packetsSent(),
                    sender.statistics().retransmissions().nacked());
        }

        private void connects() throws GeneralSecurityException {
            transport.peerIs(credentials);
            passesUntilAnswered();
            assertThat(transport.state()).isEqualTo(TransportState.REACHED);
            transport.handshake().onBegun();
            transport.handshake().onKeys(keys(false)).run();
            assertThat(transport.state()).isEqualTo(TransportState.CONNECTED);
            assertThat(heard.connected).isDone();
        }

        /** To another address, with an ICE restart; what still goes to the old one is lost. */
        private void moves() {
            String before = transport.credentials().ufrag();
            credentials = new IceCredentials("moved", "the-peers-own-password-2");
            transport.restartIce();
            transport.peerIs(credentials);
            peer = new InetSocketAddress(HOST, 1_002);
            answered = false;
            checkedNanos = Long.MIN_VALUE / 2;
            assertThat(transports.named(before)).isPresent();
            assertThat(transports.named(transport.credentials().ufrag())).isPresent();
        }

        private void fallsSilent() {
            silent = true;
            passes(Timeouts.USUAL.consent().toNanos() / 2);
            assertThat(transport.state()).isEqualTo(TransportState.CONNECTED);
            passes(Timeouts.USUAL.consent().toNanos());
            assertThat(heard.closed).isCompletedWithValueMatching(why -> why.startsWith("the peer fell silent"));
            assertThat(transports.count()).isZero();
            assertThat(transports.from(peer)).isEmpty();
        }

        private void passesUntilAnswered() {
            for (int i = 0; i < 100 && !answered; i++) {
                passes(CHECK_NANOS);
            }
            assertThat(answered)
                    .as("seed %d: the peer's checks are answered", seed)
                    .isTrue();
        }

        private void passes(long nanos) {
            long step = silent ? 100 * MS : MS;
            for (long end = now + nanos; now < end; now += step) {
                while (!flying.isEmpty() && flying.peek().arrival() <= now) {
                    flying.remove().land().run();
                }
                if (now / MS % 10 == 0 && !silent) {
                    sender.tick(now);
                    receiver.tick(now);
                    check();
                }
                transports.look();
            }
        }

        private void fly(byte[] datagram, Consumer<byte[]> land) {
            if (!silent && random.nextDouble() >= loss) {
                long jitter = random.nextLong(JITTER_NANOS);
                flying.add(new Flying(now + ONE_WAY_NANOS + jitter, number++, () -> land.accept(datagram)));
            }
        }

        private void send(int seq) {
            EncodedFrame frame =
                    Pictures.picture(Pictures.VP8.codec(), seq, keyframeWanted, keyframeWanted ? 12_000 : 2_000);
            keyframeWanted = false;
            sent.put(RtpTime.timestamp(frame), frame);
            sender.frame(feed, frame, now);
        }

        private void toPeer(InetSocketAddress to, byte[] packet, int length) {
            fly(Arrays.copyOf(packet, length), datagram -> {
                if (to.equals(peer)) {
                    peerReceives(datagram);
                }
            });
        }

        private void toServer(byte[] datagram) {
            InetSocketAddress from = peer;
            fly(datagram, landed -> {
                PeerPath known = transports.from(from).orElse(null);
                demultiplexer.take(landed, landed.length, known, () -> known != null ? known : new Path(from));
            });
        }

        private void check() {
            long pause = answered ? CHECK_AGAIN_NANOS : CHECK_NANOS;
            if (now - checkedNanos >= pause) {
                checkedNanos = now;
                IceCredentials server = transport.credentials();
                toServer(StunMaker.request(server.ufrag() + ":" + credentials.ufrag(), server.password())
                        .nominating()
                        .bytes());
            }
        }

        private void peerReceives(byte[] datagram) {
            if ((datagram[0] & 0xff) >= 128) {
                media(datagram);
            } else if (BigEndian.u16(datagram, 0) == StunMaker.BINDING_REQUEST) {
                assertThat(StunMaker.signed(datagram, credentials.password())).isTrue();
                toServer(StunMaker.success(datagram, SERVER, credentials.password()));
            } else {
                assertThat(BigEndian.u16(datagram, 0)).isEqualTo(StunMaker.BINDING_SUCCESS);
                answered = true;
            }
        }

        private void media(byte[] packet) {
            if (PacketDemultiplexer.isRtcp(packet[1])) {
                int length = incoming.rtcp(packet, packet.length);
                receiver.rtcp(toPeer.read(packet, 0, length), now);
            } else {
                int length = incoming.rtp(packet, packet.length);
                receiver.rtp(packet, 0, length, now);
            }
        }

        private void protectReport(byte[] packet, int offset, int length) {
            byte[] sealed = new byte[2048];
            toServer(Arrays.copyOf(sealed, outgoing.rtcp(packet, offset, length, sealed)));
        }

        private void show(ReceivedFrame frame) {
            EncodedFrame original = sent.get(frame.rtpTimestamp());
            byte[] bytes = new byte[original.size()];
            original.data().get(bytes);
            assertThat(Arrays.equals(frame.bytes(), bytes)).isTrue();
            assertThat(frame.keyframe() || shown.contains(original.seq() - 1))
                    .as("seed %d: nothing is missing before frame %d", seed, original.seq())
                    .isTrue();
            shown.add(original.seq());
        }

        /** What the server's session does. */
        private final class Listener implements TransportListener {
            @Override
            public void onProved() {
                heard.onProved();
            }

            @Override
            public void onConnected() {
                heard.onConnected();
            }

            @Override
            public void onRtcp(byte[] packet, int offset, int length) {
                sender.rtcp(toServer.read(packet, offset, length), now);
            }

            @Override
            public void onClosed(String why) {
                heard.onClosed(why);
            }
        }

        /** The server's way to an address. */
        private final class Path extends PeerPath {
            Path(InetSocketAddress remote) {
                super(remote, transports.counters());
            }

            @Override
            public void put(byte[] packet, int length) {
                toPeer(remote(), packet, length);
            }

            @Override
            public void flush() {}

            @Override
            protected void transmit(byte[] packet, int length) {
                toPeer(remote(), packet, length);
            }

            @Override
            public boolean tcp() {
                return false;
            }

            @Override
            public void close() {}
        }
    }

    private record Flying(long arrival, long number, Runnable land) {}

    /** Takes a packet. */
    private interface Taker {
        void take(byte[] packet, int offset, int length);
    }

    private record Sink(Taker rtp, Taker rtcp) implements PacketSink {
        @Override
        public void rtp(byte[] packet, int offset, int length) {
            rtp.take(packet, offset, length);
        }

        @Override
        public void rtcp(byte[] packet, int offset, int length) {
            rtcp.take(packet, offset, length);
        }

        @Override
        public void flush() {}
    }
}
