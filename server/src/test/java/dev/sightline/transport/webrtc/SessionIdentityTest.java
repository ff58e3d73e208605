package dev.sightline.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.frame.Codec;
import dev.sightline.transport.webrtc.rtp.SenderSettings;
import dev.sightline.transport.webrtc.sdp.Direction;
import dev.sightline.transport.webrtc.sdp.HeaderExtension;
import dev.sightline.transport.webrtc.sdp.Negotiated;
import dev.sightline.transport.webrtc.sdp.VideoFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionIdentityTest {
    private final SessionIdentity identity = SessionIdentity.of("cam", false);

    @Test
    void sender_shortMid_standsInEveryPacket() {
        assertThat(identity.sender(agreed("v".repeat(16))).extensions().mid())
                .hasValue(new SenderSettings.Mid(4, "v".repeat(16)));
    }

    @Test
    void sender_midThatNoPacketHasRoomFor_isLeftOut() {
        assertThat(identity.sender(agreed("v".repeat(17))).extensions().mid()).isEmpty();
        assertThat(identity.sender(agreed("v".repeat(1_500))).extensions().mid())
                .isEmpty();
    }

    private static Negotiated agreed(String mid) {
        return new Negotiated(
                0,
                Optional.of(mid),
                Direction.SENDONLY,
                new VideoFormat(Codec.VP8, 96, OptionalInt.empty(), Map.of(), Set.of()),
                Map.of(HeaderExtension.MID, 4),
                true,
                Optional.empty(),
                Negotiated.Connection.UNANSWERED);
    }
}
