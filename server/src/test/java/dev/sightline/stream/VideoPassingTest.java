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
import dev.sightline.stream.fanout.GopCache;
import dev.sightline.stream.status.StreamState;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.Pictures;
import java.util.HexFormat;
import java.util.List;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A source's own H.264 on its way to viewers. A picture that cannot be decoded proves by its coming that nobody tried. */
class VideoPassingTest {
    private static final Rendition H264 = new Rendition.Video(Codec.H264, Rendition.SOURCE_WIDTH, 1_000_000);
    private static final byte[] NO_VIDEO = {0, 0, 0, 1, 1, 0x55};

    /** A keyframe of main profile that does not say whether its pictures wait for later ones; there is no picture in it. */
    private static final byte[] REORDERING =
            HexFormat.of().parseHex("00000001674d001ff40a0fc8" + "000000016855" + "000000016555");

    private final VirtualTime time = new VirtualTime();
    private final StreamRegistry registry = new StreamRegistry(time.streams());
    private final ScriptedSource source = new ScriptedSource(320, 240);
    private final Film film = new Film(Codec.H264, 320, 240);
    private long captureNanos = 1_700_000_000_000_000_000L;

    @BeforeAll
    static void loadNatives() {
        Loader.load(opencv_imgcodecs.class);
        Loader.load(avcodec.class);
    }

    @AfterEach
    void close() {
        registry.close();
        film.close();
    }

    @Test
    void subscribe_h264SourceNobodyChanges_getsItsOwnPicturesUndecoded() throws Exception {
        LiveStream stream = start();
        try (Viewer viewer = new Viewer(stream, H264)) {
            byte[] first = give(true);
            assertThat(Pictures.bytes(viewer.awaitPicture(1))).isEqualTo(first);
            give(false);
            viewer.awaitPicture(2);
            give(true);
            viewer.awaitPicture(3);
            give(NO_VIDEO, false);
            viewer.awaitPicture(4);
            give(NO_VIDEO, true);

            assertThat(Pictures.bytes(viewer.awaitPicture(5))).isEqualTo(NO_VIDEO);
            assertThat(viewer.pictures()).extracting(EncodedFrame::seq).containsExactly(1L, 2L, 3L, 4L, 5L);
            assertThat(stream.status().renditions().get(0).encodes()).isZero();
            assertThat(stream.status().renditions().get(0).encoding().encoder()).isEmpty();
            assertThat(stream.status().dropped().broken()).isZero();
        }
    }

    @Test
    void subscribe_picturesBesideAPassedVideo_beginBeforeTheNextKeyframe() throws Exception {
        LiveStream stream = start();
        try (Viewer video = new Viewer(stream, H264)) {
            for (int i = 1; i <= 4; i++) {
                give(i <= 2);
                video.awaitPicture(i);
            }
            try (Viewer pictures = new Viewer(stream, Rendition.DEFAULT)) {
                // On a slow machine the decoder has not caught up with the first.
                for (int i = 5; i <= 7; i++) {
                    give(false);
                    video.awaitPicture(i);
                }
                assertLooksLikeTheFilm(pictures.awaitPicture(1));
            }
            assertThat(stream.status().dropped().broken()).isZero();
        }
    }

    @Test
    void subscribe_picturesBesideAPassedVideoThatIsNotAtHand_beginAtTheNextKeyframe() throws Exception {
        LiveStream stream = start();
        try (Viewer video = new Viewer(stream, H264)) {
            give(true);
            video.awaitPicture(1);
            byte[] tooMuch = new byte[GopCache.SOURCE.bytes()];
            System.arraycopy(film.next(false).bytes(), 0, tooMuch, 0, 5);
            give(tooMuch, false);
            video.awaitPicture(2);
            try (Viewer pictures = new Viewer(stream, Rendition.DEFAULT)) {
                give(false);
                video.awaitPicture(3);
                give(true);
                assertThat(pictures.awaitPicture(1).seq()).isEqualTo(4);
                give(false);
                assertThat(pictures.awaitPicture(2).seq()).isEqualTo(5);
            }
        }
    }

    private static void assertLooksLikeTheFilm(EncodedFrame shown) {
        try (Mat picture = Pictures.decode(Pictures.bytes(shown))) {
            assertThat(picture.ptr(120, 80).get() & 0xFF).isLessThan(30);
            assertThat(picture.ptr(120, 240).get() & 0xFF).isGreaterThan(225);
        }
    }

    @Test
    void subscribe_newcomerToAPassedVideo_beginsWithTheLastKeyframe() throws Exception {
        LiveStream stream = start();
        try (Viewer first = new Viewer(stream, H264)) {
            give(true);
            // One who is taken in only after the second would begin with that.
            first.awaitPicture(1);
            give(true);
            give(false);
            first.awaitPicture(3);
            try (Viewer newcomer = new Viewer(stream, H264)) {
                newcomer.awaitPicture(2);
                give(false);
                newcomer.awaitPicture(3);
                assertThat(newcomer.pictures()).extracting(EncodedFrame::seq).containsExactly(2L, 3L, 4L);
                assertThat(newcomer.pictures().get(0).keyframe()).isTrue();
                assertThat(newcomer.subscription().dropped()).isZero();
                first.awaitPicture(4);
                assertThat(first.pictures()).extracting(EncodedFrame::seq).containsExactly(1L, 2L, 3L, 4L);
            }
        }
    }

    @Test
    void subscribe_firstViewerOfAPassedVideo_beginsWithTheLastKeyframe() throws Exception {
        LiveStream stream = start();
        for (int i = 1; i <= 6; i++) {
            int given = i;
            give(i == 1 || i == 3);
            Await.until("shown to nobody", () -> stream.status().frames() == given);
        }
        try (Viewer viewer = new Viewer(stream, H264)) {
            give(false);
            viewer.awaitPicture(5);
            assertThat(viewer.pictures()).extracting(EncodedFrame::seq).containsExactly(3L, 4L, 5L, 6L, 7L);
            assertThat(stream.status().renditions().get(0).encodes()).isZero();
        }
    }

    @Test
    void subscribe_firstViewerAfterALoss_isNotShownWhatWasBefore() throws Exception {
        LiveStream stream = start();
        give(true);
        Await.until("shown to nobody", () -> stream.status().frames() == 1);
        source.refuses = true;
        source.lose();
        time.until("offline", () -> stream.status().state() == StreamState.OFFLINE);
        try (Viewer viewer = new Viewer(stream, H264)) {
            source.refuses = false;
            give(true);
            viewer.awaitPicture(1, time);
            assertThat(viewer.pictures()).extracting(EncodedFrame::seq).allMatch(seq -> seq > 1);
        }
    }

    @Test
    void parametersChange_picturesWaitForLaterOnes_isNotPassedAnyMore() throws Exception {
        LiveStream stream = start();
        try (Viewer viewer = new Viewer(stream, H264)) {
            give(true);
            viewer.awaitPicture(1);
            give(true);
            viewer.awaitPicture(2);
            assertThat(stream.passthrough()).isPresent();
            give(REORDERING, true);
            Await.until("decoding was tried", () -> stream.status().dropped().broken() > 0);
            assertThat(stream.passthrough()).isEmpty();
            byte[] keyframe = give(true);
            assertThat(Pictures.bytes(viewer.awaitPicture(3))).isEqualTo(keyframe);
        }
    }

    @Test
    void keyframesTooRare_videoIsEncodedAnewWithoutAGap() throws Exception {
        LiveStream stream = start();
        try (Viewer viewer = new Viewer(stream, H264)) {
            give(true);
            viewer.awaitPicture(1);
            for (int i = 2; i <= 10; i++) {
                give(false);
                viewer.awaitPicture(i);
            }
            assertThat(stream.status().renditions().get(0).encodes()).isPositive();
            List<EncodedFrame> shown = viewer.pictures();
            assertThat(shown).extracting(EncodedFrame::seq).isSorted().hasSize(10);
            assertThat(shown.stream().filter(EncodedFrame::keyframe)).hasSize(2);
        }
    }

    @Test
    void subscribe_pipelineThatWorks_encodesAnew() throws Exception {
        NamedProcessor step =
                new NamedProcessor("step", () -> frame -> frame.metadata().put("seen", true));
        LiveStream stream = registry.start("cam", source, Pipeline.of(List.of(step)), false);
        try (Viewer viewer = new Viewer(stream, H264)) {
            give(true);
            assertThat(viewer.awaitPicture(1).metadata().values()).containsEntry("seen", true);
            assertThat(stream.status().renditions().get(0).encodes()).isEqualTo(1);
        }
    }

    @Test
    void subscribe_pipelineThatOnlyLooks_getsTheSourcesPicturesAndWhatIsKnownOfEach() throws Exception {
        LiveStream stream = registry.start("cam", source, Pipeline.of(List.of(looking())), false);
        try (Viewer viewer = new Viewer(stream, H264);
                Viewer identities = new Viewer(stream, Rendition.METADATA)) {
            for (int i = 1; i <= 4; i++) {
                byte[] own = give(i == 1);
                assertThat(Pictures.bytes(viewer.awaitPicture(i))).isEqualTo(own);
                EncodedFrame known = identities.awaitPicture(i);
                assertThat(known.metadata().values()).containsEntry("seen", known.seq());
            }
            assertThat(stream.status().processing().changesPicture()).isFalse();
            assertThat(stream.status().renditions()).allMatch(rendition -> rendition.encodes() == 0);
        }
    }

    private static NamedProcessor looking() {
        return new NamedProcessor("look", () -> new FrameProcessor() {
            @Override
            public void process(Frame frame) {
                frame.metadata().put("seen", frame.seq());
            }

            @Override
            public boolean changesPicture() {
                return false;
            }
        });
    }

    @Test
    void sourceLost_passedVideoShowsTheSlateAndGoesOnAtTheSourcesKeyframe() throws Exception {
        LiveStream stream = start();
        try (Viewer viewer = new Viewer(stream, H264)) {
            give(true);
            give(false);
            viewer.awaitPicture(2);
            source.refuses = true;
            source.lose();
            EncodedFrame slate = viewer.awaitSlate(time);
            assertThat(slate.keyframe()).isTrue();
            assertThat(slate.width()).isEqualTo(320);
            assertThat(Pictures.bytes(slate))
                    .isNotEqualTo(Pictures.bytes(viewer.pictures().get(0)));

            source.refuses = false;
            give(false);
            byte[] keyframe = give(true);
            assertThat(Pictures.bytes(viewer.awaitPicture(3, time))).isEqualTo(keyframe);
        }
    }

    private LiveStream start() {
        return registry.start("cam", source, Pipeline.of(List.of()), false);
    }

    /** The source's next picture, 400 ms after the last. */
    private byte[] give(boolean keyframe) {
        EncodedVideo picture = film.next(keyframe);
        give(picture.bytes(), picture.keyframe());
        return picture.bytes();
    }

    private void give(byte[] bytes, boolean keyframe) {
        captureNanos += 400_000_000;
        long captured = captureNanos;
        source.give(numbering ->
                new EncodedFrame(Codec.H264, bytes, keyframe, 320, 240, numbering.next(), captured, Metadata.EMPTY));
    }
}
