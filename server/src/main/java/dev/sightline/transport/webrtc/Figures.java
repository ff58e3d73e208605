package dev.sightline.transport.webrtc;

import dev.sightline.metrics.Family;
import dev.sightline.transport.webrtc.SessionStatus.Repairs;
import dev.sightline.transport.webrtc.transport.MediaTotals;
import java.util.List;

/** The metrics of the media port and its sessions for Prometheus. */
final class Figures {
    private Figures() {}

    static List<Family> of(MediaTotals totals, Repairs repairs) {
        return List.of(
                Family.gauge("sightline_webrtc_sessions", "WebRTC sessions, by whether media can flow.")
                        .add(totals.transports().connected(), "connected", "true")
                        .add(totals.transports().open() - totals.transports().connected(), "connected", "false"),
                Family.counter("sightline_webrtc_refused_sessions", "WebRTC sessions refused for lack of room.")
                        .add(totals.transports().refused()),
                Family.counter(
                                "sightline_webrtc_evicted_sessions",
                                "WebRTC sessions that gave way to others before they were connected.")
                        .add(totals.transports().evicted()),
                Family.counter(
                                "sightline_webrtc_timed_out_sessions",
                                "WebRTC sessions whose peers did not connect in time, or fell silent.")
                        .add(totals.transports().timedOutConnecting(), "while", "connecting")
                        .add(totals.transports().timedOutSilent(), "while", "connected"),
                Family.counter(
                                "sightline_webrtc_evicted_connections",
                                "TCP connections that gave way to others before they had a session.")
                        .add(totals.tcp().evicted()),
                Family.gauge("sightline_webrtc_handshakes", "DTLS handshakes under way.")
                        .add(totals.handshakes().running()),
                Family.counter("sightline_webrtc_handshakes_ended", "DTLS handshakes that ended.")
                        .add(totals.handshakes().done(), "result", "done")
                        .add(totals.handshakes().failed(), "result", "failed"),
                Family.counter("sightline_webrtc_evicted_handshakes", "DTLS handshakes that gave way to others.")
                        .add(totals.handshakes().evicted()),
                Family.counter("sightline_webrtc_packets", "Packets on the media port.")
                        .add(totals.traffic().packetsReceived(), "direction", "in")
                        .add(totals.traffic().packetsSent(), "direction", "out"),
                Family.counter("sightline_webrtc_bytes", "Bytes on the media port, encryption included.")
                        .add(totals.traffic().bytesReceived(), "direction", "in")
                        .add(totals.traffic().bytesSent(), "direction", "out"),
                Family.counter("sightline_webrtc_refused_packets", "Packets that were discarded.")
                        .add(totals.refused().junk(), "reason", "junk")
                        .add(totals.refused().unknownUfrag(), "reason", "unknown session")
                        .add(totals.refused().badIntegrity(), "reason", "bad integrity")
                        .add(totals.refused().replayedChecks(), "reason", "repeated check")
                        .add(totals.refused().forged(), "reason", "forged")
                        .add(totals.refused().replayed(), "reason", "repeated"),
                Family.counter("sightline_webrtc_unsent_packets", "Packets that the network did not take.")
                        .add(totals.unsent().udp(), "protocol", "udp")
                        .add(totals.unsent().tcp(), "protocol", "tcp"),
                Family.counter(
                                "sightline_webrtc_withheld_packets",
                                "Handshake packets held back, because they exceeded three times what had come.")
                        .add(totals.unsent().withheld()),
                Family.counter("sightline_webrtc_nacked_packets", "Packets that viewers asked for again.")
                        .add(repairs.askedAgain()),
                Family.counter("sightline_webrtc_repairs", "What became of packets that viewers asked for again.")
                        .add(repairs.repaired(), "result", "sent")
                        .add(repairs.withheld(), "result", "withheld")
                        .add(repairs.unrecoverable(), "result", "unrecoverable"));
    }
}
