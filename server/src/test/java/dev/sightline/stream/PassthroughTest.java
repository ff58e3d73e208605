package dev.sightline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.Codec;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.frame.Metadata;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.pipeline.Pipeline.NamedProcessor;
import dev.sightline.processor.FrameProcessor;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class PassthroughTest {
    private static final Rendition OWN = new Rendition.Video(Codec.H264, Rendition.SOURCE_WIDTH, 1_000_000);
    private static final Rendition NARROW = new Rendition.Video(Codec.H264, 64, 1_000_000);
    private static final Rendition VP8 = new Rendition.Video(Codec.VP8, Rendition.SOURCE_WIDTH, 1_000_000);
    private static final Pipeline NONE = Pipeline.of(List.of());

    /** A keyframe of main profile that does not say whether its frames wait for later ones. */
    private static final byte[] REORDERING =
            HexFormat.of().parseHex("00000001674d001ff40a0fc8" + "000000016855" + "000000016555");

    private final Passthrough passthrough = new Passthrough(() -> true);
    private long seq;
    private long nanos = 1_700_000_000_000_000_000L;

    @Test
    void permits_jpeg_theDefaultRenditionUnlessAStepChangesFrames() {
        EncodedFrame jpeg = next(passthrough, Codec.MJPEG, true, NONE);
        assertThat(passthrough.permits(Rendition.DEFAULT, jpeg)).isTrue();
        assertThat(passthrough.permits(Rendition.METADATA, jpeg)).isTrue();
        assertThat(passthrough.permits(Rendition.jpeg(320, 80), jpeg)).isFalse();
        assertThat(passthrough.permits(VP8, jpeg)).isFalse();

        next(passthrough, Codec.MJPEG, true, steps(false));
        assertThat(passthrough.permits(Rendition.DEFAULT, jpeg)).isTrue();

        next(passthrough, Codec.MJPEG, true, steps(true));
        assertThat(passthrough.permits(Rendition.DEFAULT, jpeg)).isFalse();
        assertThat(passthrough.permits(Rendition.METADATA, jpeg)).isFalse();
    }

    @Test
    void gop_afterImagesThatBelongToNoVideo_isEmpty() {
        next(passthrough, Codec.H264, true, NONE);
        assertThat(passthrough.gop(OWN)).isNotEmpty();
        next(passthrough, Codec.MJPEG, true, NONE);
        assertThat(passthrough.gop(OWN)).isEmpty();

        next(passthrough, Codec.H264, true, NONE);
        passthrough.noVideo();
        assertThat(passthrough.gop(OWN)).isEmpty();
        assertThat(passthrough.parameters()).isEmpty();
    }

    @Test
    void permits_png_isForNobodysScreen() {
        EncodedFrame png = next(passthrough, Codec.PNG, true, NONE);
        assertThat(passthrough.permits(Rendition.DEFAULT, png)).isFalse();
        assertThat(passthrough.permits(Rendition.METADATA, png)).isTrue();
    }

    @Test
    void permits_video_itsOwnCodecAndWidthWhileNoStepChangesIt() {
        EncodedFrame frame = next(passthrough, Codec.H264, true, NONE);
        assertThat(passthrough.permits(OWN, frame)).isTrue();
        assertThat(passthrough.permits(Rendition.METADATA, frame)).isTrue();
        assertThat(passthrough.permits(NARROW, frame)).isFalse();
        assertThat(passthrough.permits(VP8, frame)).isFalse();
        assertThat(passthrough.gop(OWN)).containsExactly(frame);
        assertThat(passthrough.gop(NARROW)).isEmpty();

        EncodedFrame looked = next(passthrough, Codec.H264, false, steps(false));
        assertThat(passthrough.permits(OWN, looked)).isTrue();
        assertThat(passthrough.permits(Rendition.METADATA, looked)).isTrue();
        assertThat(passthrough.gop(OWN)).containsExactly(frame, looked);

        next(passthrough, Codec.H264, true, steps(true));
        assertThat(passthrough.permits(OWN, frame)).isFalse();
        assertThat(passthrough.permits(Rendition.METADATA, frame)).isFalse();
        assertThat(passthrough.gop(OWN)).isEmpty();
    }

    @Test
    void permits_videoOfASender_never() {
        Passthrough sent = new Passthrough(() -> false);
        EncodedFrame frame = next(sent, Codec.H264, true, NONE);
        assertThat(sent.permits(OWN, frame)).isFalse();
        assertThat(sent.permits(Rendition.METADATA, frame)).isTrue();
        assertThat(sent.gop(OWN)).isEmpty();
        next(sent, Codec.H264, true, steps(false));
        assertThat(sent.permits(Rendition.METADATA, frame)).isFalse();
        assertThat(sent.needsDecoder(frame)).isFalse();
    }

    @Test
    void permits_framesThatWaitForLaterOnes_notUntilTheParametersAreOthers() {
        nanos += 400_000_000;
        EncodedFrame frame = new EncodedFrame(Codec.H264, REORDERING, true, 320, 240, ++seq, nanos, Metadata.EMPTY);
        passthrough.next(frame, NONE);
        assertThat(passthrough.permits(OWN, frame)).isFalse();
        assertThat(passthrough.parameters()).isEmpty();
    }

    @Test
    void permits_keyframesTooRare_notUntilSomeCameInTime() {
        EncodedFrame frame = next(passthrough, Codec.H264, true, NONE);
        for (int i = 0; i < 6; i++) {
            frame = next(passthrough, Codec.H264, false, NONE);
        }
        assertThat(passthrough.permits(OWN, frame)).isFalse();
        for (int i = 0; i < 5; i++) {
            assertThat(passthrough.permits(OWN, frame)).isFalse();
            frame = next(passthrough, Codec.H264, true, NONE);
        }
        assertThat(passthrough.permits(OWN, frame)).isTrue();
    }

    @Test
    void needsDecoder_untilASecondKeyframeCameInTime() {
        assertThat(passthrough.needsDecoder(next(passthrough, Codec.H264, true, NONE)))
                .isTrue();
        assertThat(passthrough.needsDecoder(next(passthrough, Codec.H264, true, NONE)))
                .isFalse();
        assertThat(passthrough.needsDecoder(next(passthrough, Codec.MJPEG, true, NONE)))
                .isFalse();
    }

    /** The next frame, 400 ms after the last. */
    private EncodedFrame next(Passthrough asked, Codec codec, boolean keyframe, Pipeline pipeline) {
        nanos += 400_000_000;
        byte[] bytes = {0, 0, 0, 1, 1, 0x55};
        EncodedFrame frame = new EncodedFrame(codec, bytes, keyframe, 320, 240, ++seq, nanos, Metadata.EMPTY);
        asked.next(frame, pipeline);
        return frame;
    }

    private static Pipeline steps(boolean changesPicture) {
        return Pipeline.of(List.of(new NamedProcessor("step", () -> new FrameProcessor() {
            @Override
            public void process(Frame frame) {}

            @Override
            public boolean changesPicture() {
                return changesPicture;
            }
        })));
    }
}
