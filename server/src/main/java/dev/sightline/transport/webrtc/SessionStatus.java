package dev.sightline.transport.webrtc;

import dev.sightline.transport.webrtc.rtp.ReceiverStatistics;
import dev.sightline.transport.webrtc.rtp.SenderStatistics;
import dev.sightline.transport.webrtc.transport.TransportFigures;
import dev.sightline.transport.webrtc.transport.TransportState;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What can be said of a session at one moment, for people who want to know why it is as it is.
 *
 * @param session its number, from 1
 * @param stream the name it was begun with
 * @param state how far its connection has come
 * @param explanation of that, a sentence
 * @param network what went over the connection
 * @param watched what the peer is sent
 * @param published what the peer sends
 */
record SessionStatus(
        long session,
        String stream,
        TransportState state,
        String explanation,
        Network network,
        Optional<Watched> watched,
        Optional<Published> published) {

    /**
     * What went over the connection.
     *
     * @param protocol udp or tcp
     * @param packetsSent with those of RTCP and those sent again
     * @param bytesSent of the same, encrypted
     * @param packetsReceived of the peer
     * @param bytesReceived of the same
     * @param dropped not sent, since the network took no more
     * @param refused forged or repeated
     */
    record Network(
            String protocol,
            long packetsSent,
            long bytesSent,
            long packetsReceived,
            long bytesReceived,
            long dropped,
            long refused) {

        static Network of(TransportFigures transport) {
            return new Network(
                    transport.tcp() ? "tcp" : "udp",
                    transport.packetsSent(),
                    transport.bytesSent(),
                    transport.packetsReceived(),
                    transport.bytesReceived(),
                    transport.dropped(),
                    transport.forged() + transport.replayed());
        }
    }

    /**
     * What the peer is sent.
     *
     * @param rendition {@code vp8 source 2000 kbit/s}
     * @param reason why it is this rendition
     * @param frames pictures sent
     * @param keyframeRequests how often the peer could not go on without one
     * @param lost packets the peer missed
     * @param askedAgain packets the peer asked for again
     * @param repaired of these, sent again
     * @param lossPercent of late
     * @param roundTripMillis by the last report
     * @param estimate of what the way carries, by the peer, in bits a second
     */
    record Watched(
            String rendition,
            String reason,
            long frames,
            long keyframeRequests,
            long lost,
            long askedAgain,
            long repaired,
            double lossPercent,
            OptionalLong roundTripMillis,
            OptionalLong estimate) {

        static Watched of(Viewing viewing) {
            SenderStatistics sent = viewing.statistics();
            return new Watched(
                    viewing.rendition(),
                    viewing.reason(),
                    sent.frames(),
                    sent.keyframeRequests(),
                    sent.lost(),
                    sent.nacked(),
                    sent.retransmitted(),
                    sent.lossPercent(),
                    millis(sent.roundTripNanos()),
                    sent.remb());
        }

        private static OptionalLong millis(OptionalLong nanos) {
            return nanos.isPresent() ? OptionalLong.of(nanos.getAsLong() / 1_000_000) : nanos;
        }
    }

    /**
     * What the peer sends.
     *
     * @param codec of its pictures
     * @param received what came, and what was repaired
     */
    record Published(String codec, ReceiverStatistics received) {

        static Published of(Publishing publishing) {
            return new Published(publishing.codec().codecName(), publishing.statistics());
        }
    }
}
