package dev.sightline.transport.webrtc;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.sightline.codec.Rendition;
import dev.sightline.transport.webrtc.rtp.ReceiverStatistics;
import dev.sightline.transport.webrtc.rtp.SenderStatistics;
import dev.sightline.transport.webrtc.transport.Traffic;
import dev.sightline.transport.webrtc.transport.TransportFigures;
import dev.sightline.transport.webrtc.transport.TransportState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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
     * @param traffic packets, with those of RTCP and those sent again
     * @param dropped not sent, since the network took no more
     * @param refused forged or repeated
     */
    record Network(String protocol, @JsonUnwrapped Traffic traffic, long dropped, long refused) {

        static Network of(TransportFigures transport) {
            return new Network(
                    transport.tcp() ? "tcp" : "udp",
                    transport.traffic(),
                    transport.dropped(),
                    transport.forged() + transport.replayed());
        }
    }

    /**
     * What the peer is sent.
     *
     * @param rendition {@code vp8 source 2000 kbit/s}
     * @param ladder the renditions to choose from, best first
     * @param reason why it is this rendition
     * @param frames how many it gets
     * @param keyframeRequests how often the peer could not go on without one
     * @param loss what the peer missed
     * @param roundTripMillis by the last report
     * @param line what is known of the way to the peer
     */
    record Watched(
            String rendition,
            List<Rendition.Video> ladder,
            String reason,
            @JsonUnwrapped Frames frames,
            long keyframeRequests,
            @JsonUnwrapped Loss loss,
            OptionalLong roundTripMillis,
            @JsonUnwrapped Line line) {

        /**
         * How many frames it gets.
         *
         * @param frames sent
         * @param dropped not sent, as the line does not carry their temporal layer
         * @param temporalLayer the highest that is sent: 2 all frames, 1 half of them, 0 a quarter, where the encoder can
         */
        record Frames(
                long frames, @JsonProperty("framesDropped") long dropped, int temporalLayer) {

            static Frames of(SenderStatistics.Frames sent) {
                return new Frames(sent.sent(), sent.dropped(), sent.temporalLayer());
            }
        }

        /**
         * What the peer missed.
         *
         * @param lost packets the peer missed
         * @param repairs of them
         * @param lossPercent of late
         */
        record Loss(long lost, @JsonUnwrapped Repairs repairs, double lossPercent) {}

        /**
         * What the line carries. All but a peer's own estimate is known only where the peer tells when packets arrive.
         *
         * @param estimate in bits per second: our own, else the peer's (REMB)
         * @param queueMillis how long packets waited in queues in the last half second or so, in the mean
         * @param datagramBytes of UDP payload in the largest datagram that passes
         */
        record Line(OptionalLong estimate, OptionalLong queueMillis, OptionalInt datagramBytes) {

            static Line of(SenderStatistics.Report report) {
                return report.line()
                        .map(own -> new Line(
                                OptionalLong.of(own.bitsPerSecond()),
                                OptionalLong.of(own.queueNanos() / 1_000_000),
                                OptionalInt.of(own.datagramBytes())))
                        .orElse(new Line(report.remb(), OptionalLong.empty(), OptionalInt.empty()));
            }
        }

        static Watched of(Viewing viewing) {
            SenderStatistics sent = viewing.statistics();
            SenderStatistics.Report report = sent.report();
            return new Watched(
                    viewing.rendition(),
                    viewing.offered(),
                    viewing.reason(),
                    Frames.of(sent.frames()),
                    sent.keyframeRequests(),
                    new Loss(report.lost(), Repairs.of(sent.retransmissions()), report.lossPercent()),
                    millis(report.roundTripNanos()),
                    Line.of(report));
        }

        private static OptionalLong millis(OptionalLong nanos) {
            return nanos.isPresent() ? OptionalLong.of(nanos.getAsLong() / 1_000_000) : nanos;
        }
    }

    /**
     * What became of the packets that a peer asked for again.
     *
     * @param askedAgain how many it asked for
     * @param repaired sent again
     * @param withheld not sent again, since they would have come too late, or the line does not carry them
     * @param unrecoverable no longer kept
     */
    record Repairs(long askedAgain, long repaired, long withheld, long unrecoverable) {
        static final Repairs NONE = new Repairs(0, 0, 0, 0);

        private static Repairs of(SenderStatistics.Retransmissions sent) {
            return new Repairs(sent.nacked(), sent.packets(), sent.withheld(), sent.unrecoverable());
        }

        Repairs plus(Repairs other) {
            return new Repairs(
                    askedAgain + other.askedAgain,
                    repaired + other.repaired,
                    withheld + other.withheld,
                    unrecoverable + other.unrecoverable);
        }
    }

    /** What was asked for again by the peer; nothing if it watches nothing. */
    Repairs repairs() {
        return watched.map(it -> it.loss().repairs()).orElse(Repairs.NONE);
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
