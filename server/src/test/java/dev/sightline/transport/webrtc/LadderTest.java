package dev.sightline.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.Codec;
import dev.sightline.h264.H264Profile;
import dev.sightline.h264.SequenceParameters;
import dev.sightline.stream.status.StreamStatus;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LadderTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Ladder VP8 = new Ladder(Codec.VP8, H264Profile.CONSTRAINED_BASELINE);
    private static final Ladder H264 = new Ladder(Codec.H264, H264Profile.CONSTRAINED_BASELINE);
    private static final Ladder HIGH = new Ladder(Codec.H264, H264Profile.HIGH);

    private final LadderConditions outlook = new LadderConditions(4_000_000);
    private long now = 1_700_000_000 * SECOND;

    @Test
    void rungs_sizeNotKnownYet_areThoseOfAUsualStream() {
        see(StreamLooks.starting(), 1);
        assertThat(names(VP8)).containsExactly("vp8 source 2000", "vp8 448 500", "vp8 160 100");

        see(StreamLooks.liveSince(now, 1280, 720, 1_000), 1);
        assertThat(names(VP8)).containsExactly("vp8 source 2000", "vp8 448 500", "vp8 160 100");
    }

    @Test
    void rungs_paceThatWavers_stayTheSame() {
        see(StreamLooks.live(1280, 720, 12.4, 100), 10);
        List<String> offered = names(VP8);

        for (double fps : new double[] {11, 12.6, 10.9, 11.1, 11.3}) {
            see(StreamLooks.live(1280, 720, fps, 100), 10);
            assertThat(names(VP8)).isEqualTo(offered);
        }
    }

    @Test
    void rungs_paceThatIsAnotherForAMoment_stayTheSame() {
        see(StreamLooks.live(1280, 720, 30, 100), 10);
        List<String> offered = names(VP8);

        see(StreamLooks.live(1280, 720, 8, 100), 1);
        assertThat(names(VP8)).isEqualTo(offered);
        see(StreamLooks.live(1280, 720, 29, 100), 1);
        see(StreamLooks.live(1280, 720, 8, 100), 1);
        assertThat(names(VP8)).isEqualTo(offered);
        see(StreamLooks.live(1280, 720, 8, 100), 2);
        assertThat(names(VP8)).containsExactly("vp8 source 1000", "vp8 448 200", "vp8 160 100");
    }

    @Test
    void rungs_profileNotKnownYet_areEncodedHere() {
        see(StreamLooks.starting(), 1);
        assertThat(names(H264)).first().isEqualTo("h264 1280 2000");
        assertThat(names(HIGH)).first().isEqualTo("h264 1280 2000");
    }

    @Test
    void rungs_profileThatTheViewerTakes_beginWithTheSourcesOwnVideo() {
        see(StreamLooks.live(1280, 720, 30, 100), 10);
        outlook.see(profile(0x64, 0));
        assertThat(names(H264)).first().isEqualTo("h264 1280 2000");
        assertThat(names(HIGH)).first().isEqualTo("h264 source 2000");
    }

    @Test
    void rungs_profileThatChanges_areJudgedAnew() {
        see(StreamLooks.live(1280, 720, 30, 100), 10);
        outlook.see(profile(0x42, 0xE0));
        assertThat(names(H264)).first().isEqualTo("h264 source 2000");

        outlook.see(Optional.empty());
        assertThat(names(H264)).as("encoded anew for a while").first().isEqualTo("h264 source 2000");
        outlook.see(profile(0x4D, 0));
        assertThat(names(H264)).first().isEqualTo("h264 1280 2000");
    }

    @Test
    void rungs_sourceThatIsTooLargeToBeEncodedHere_beginWithItsOwnVideoWhileThatIsPassed() {
        see(StreamLooks.live(3840, 2160, 30, 100), 10);
        assertThat(names(HIGH)).containsExactly("h264 1920 3500", "h264 560 700", "h264 160 100");
        assertThat(names(VP8)).first().isEqualTo("vp8 1920 3500");

        outlook.see(profile(0x64, 0));
        assertThat(names(HIGH)).containsExactly("h264 source 4000", "h264 560 700", "h264 160 100");
        assertThat(names(H264)).first().isEqualTo("h264 1920 3500");
        assertThat(names(VP8)).first().isEqualTo("vp8 1920 3500");

        outlook.see(Optional.empty());
        assertThat(names(HIGH)).first().isEqualTo("h264 1920 3500");
    }

    @Test
    void rungs_encodersDoNotKeepUp_areTheBestAndTheLeast() {
        see(StreamLooks.live(1280, 720, 30, 100), 1);
        for (long skipped = 10; skipped <= 30; skipped += 10) {
            see(
                    StreamLooks.live(
                            1280,
                            720,
                            30,
                            100 + 3 * skipped,
                            StreamLooks.rendition(new Rendition.Video(Codec.VP8, 448, 500_000), skipped)),
                    1);
        }
        assertThat(names(VP8)).containsExactly("vp8 source 2000", "vp8 160 100");
    }

    private void see(StreamStatus status, int afterSeconds) {
        now += afterSeconds * SECOND;
        outlook.see(status, now);
    }

    private List<String> names(Ladder ladder) {
        return ladder.rungs(outlook).stream()
                .map(Rendition::describe)
                .map(name -> name.replace(" kbit/s", ""))
                .toList();
    }

    private static Optional<H264Profile> profile(int profile, int constraints) {
        return new SequenceParameters.Kind(profile, constraints, 31).named();
    }
}
