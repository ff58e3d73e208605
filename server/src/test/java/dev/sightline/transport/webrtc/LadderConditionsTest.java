package dev.sightline.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.frame.Codec;
import dev.sightline.h264.H264Profile;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LadderConditionsTest {
    private static final int ROUNDS = 20_000;

    /** Viewers arrive on event loops, while the media thread looks at the stream. */
    @Test
    void rungs_viewersArriveWhileTheConditionsChange_allGetThem() {
        LadderConditions conditions = new LadderConditions(4_000_000);
        Ladder vp8 = new Ladder(Codec.VP8, H264Profile.CONSTRAINED_BASELINE);
        Ladder h264 = new Ladder(Codec.H264, H264Profile.CONSTRAINED_BASELINE);

        List<CompletableFuture<Void>> threads = Stream.of(
                        (Runnable) () -> conditions.rungs(vp8),
                        () -> conditions.rungs(h264),
                        () -> conditions.see(Optional.empty()))
                .map(action -> CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < ROUNDS; i++) {
                        action.run();
                    }
                }))
                .toList();

        threads.forEach(CompletableFuture::join);
        assertThat(conditions.rungs(vp8)).isNotEmpty();
    }
}
