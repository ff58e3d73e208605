package dev.sightline.transport.webrtc;

import dev.sightline.metrics.Family;
import dev.sightline.transport.webrtc.transport.MediaTotals;
import java.util.List;

/** The media port's figures, as Prometheus names them. */
final class MediaFigures {
    private MediaFigures() {}

    static List<Family> of(MediaTotals totals) {
        return List.of(
                Family.gauge("sightline_webrtc_sessions", "WebRTC sessions, by whether media can flow.")
                        .add(totals.connected(), "connected", "true")
                        .add(totals.transports() - totals.connected(), "connected", "false"),
                Family.counter("sightline_webrtc_refused_sessions", "WebRTC sessions that there was no room for.")
                        .add(totals.transportsRefused()),
                Family.counter(
                                "sightline_webrtc_evicted_sessions",
                                "WebRTC sessions that gave way to others before they were connected.")
                        .add(totals.transportsEvicted()),
                Family.counter(
                                "sightline_webrtc_timed_out_sessions",
                                "WebRTC sessions that ended since their peers did not connect in time, or fell silent.")
                        .add(totals.timedOutConnecting(), "while", "connecting")
                        .add(totals.timedOutSilent(), "while", "connected"),
                Family.counter(
                                "sightline_webrtc_evicted_connections",
                                "TCP connections that gave way to others before a session was theirs.")
                        .add(totals.tcpEvicted()),
                Family.gauge("sightline_webrtc_handshakes", "DTLS handshakes under way.")
                        .add(totals.handshakesRunning()),
                Family.counter("sightline_webrtc_handshakes_ended", "DTLS handshakes that came to an end.")
                        .add(totals.handshakesDone(), "result", "done")
                        .add(totals.handshakesFailed(), "result", "failed"),
                Family.counter("sightline_webrtc_evicted_handshakes", "DTLS handshakes that gave way to others.")
                        .add(totals.handshakesEvicted()),
                Family.counter("sightline_webrtc_packets", "Packets on the media port.")
                        .add(totals.packetsReceived(), "direction", "in")
                        .add(totals.packetsSent(), "direction", "out"),
                Family.counter("sightline_webrtc_bytes", "Bytes on the media port, encryption included.")
                        .add(totals.bytesReceived(), "direction", "in")
                        .add(totals.bytesSent(), "direction", "out"),
                Family.counter("sightline_webrtc_refused_packets", "Packets that were thrown away.")
                        .add(totals.junk(), "reason", "junk")
                        .add(totals.unknownUfrag(), "reason", "unknown session")
                        .add(totals.badIntegrity(), "reason", "bad integrity")
                        .add(totals.replayedChecks(), "reason", "repeated check")
                        .add(totals.forged(), "reason", "forged")
                        .add(totals.replayed(), "reason", "repeated"),
                Family.counter("sightline_webrtc_unsent_packets", "Packets that the network did not take.")
                        .add(totals.droppedUdp(), "protocol", "udp")
                        .add(totals.droppedTcp(), "protocol", "tcp"),
                Family.counter(
                                "sightline_webrtc_withheld_packets",
                                "Packets of handshakes that waited, since they were more than three times what had come.")
                        .add(totals.withheld()));
    }
}
