package dev.sightline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.Frame;
import dev.sightline.testkit.Await;
import org.junit.jupiter.api.Test;

class EncodeStageTest {
    private static final Rendition JPEG = Rendition.jpeg(0, 75);
    private static final int PAIRS = 300;

    private final RenditionFigures figures = new RenditionFigures("cam", JPEG, new EncodeTimes());
    private final RenditionSequencer sequencer = new RenditionSequencer(JPEG, new Upstream() {}, left -> {});

    @Test
    void framesThatComeInPairs_areBothEncoded() {
        try (EncodeStage stage = EncodeStage.of("cam", JPEG, false, sequencer, figures)) {
            for (int pair = 0; pair < PAIRS; pair++) {
                offer(stage, 2L * pair + 1);
                offer(stage, 2L * pair + 2);
                long both = 2L * pair + 2;
                Await.until("both, one way or the other", () -> figures.times().count() + figures.dropped() == both);
            }
        }
        assertThat(figures.dropped()).isZero();
    }

    private static void offer(EncodeStage stage, long seq) {
        try (Frame frame = new Frame(seq, seq, ScriptedSource.picture(64, 48))) {
            stage.offer(frame, seq);
        }
    }
}
