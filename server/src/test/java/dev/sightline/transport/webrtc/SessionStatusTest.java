package dev.sightline.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.Codec;
import dev.sightline.transport.webrtc.rtp.ReceiverStatistics;
import dev.sightline.transport.webrtc.transport.Traffic;
import dev.sightline.transport.webrtc.transport.TransportState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class SessionStatusTest {
    @Test
    void inJson_figuresStandSideBySide() {
        SessionStatus status = new SessionStatus(
                1,
                "demo",
                TransportState.CONNECTED,
                "connected",
                new SessionStatus.Network("udp", new Traffic(1, 2, 3, 4), 5, 6),
                Optional.of(new SessionStatus.Watched(
                        "vp8",
                        List.of(new Rendition.Video(Codec.VP8, 320, 300_000)),
                        "wide",
                        new SessionStatus.Watched.Frames(7, 32, 1),
                        8,
                        new SessionStatus.Watched.Loss(9, new SessionStatus.Repairs(10, 11, 28, 29), 12.5),
                        OptionalLong.of(13),
                        new SessionStatus.Watched.Line(OptionalLong.of(14), OptionalLong.of(30), OptionalInt.of(31)))),
                Optional.of(new SessionStatus.Published(
                        "h264",
                        new ReceiverStatistics(
                                15,
                                16,
                                new ReceiverStatistics.Arrivals(17, 18, 19, 20, 21, 22),
                                23,
                                24,
                                25,
                                26,
                                OptionalLong.of(27)))));
        assertThat(JsonMapper.shared().writeValueAsString(status)).isEqualTo("""
                {"session":1,"stream":"demo","state":"CONNECTED","explanation":"connected","network":{"protocol":"udp",\
                "packetsSent":1,"bytesSent":2,"packetsReceived":3,"bytesReceived":4,"dropped":5,"refused":6},\
                "watched":{"rendition":"vp8","ladder":["vp8 320 300 kbit/s"],"reason":"wide","frames":7,\
                "framesDropped":32,"temporalLayer":1,"keyframeRequests":8,"lost":9,"askedAgain":10,"repaired":11,"withheld":28,"unrecoverable":29,\
                "lossPercent":12.5,"roundTripMillis":13,"estimate":14,"queueMillis":30,"datagramBytes":31},\
                "published":{"codec":"h264",\
                "received":{"frames":15,"keyframes":16,"packets":17,"bytes":18,"lost":19,"repaired":20,"duplicates":21,\
                "foreign":22,"nacked":23,"keyframeRequests":24,"framesDropped":25,"jitterNanos":26,\
                "roundTripNanos":27}}}""");
    }
}
