package dev.sightline.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.codec.Rendition;
import dev.sightline.codec.RtpTime;
import dev.sightline.frame.Codec;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.refusal.RefusedException;
import dev.sightline.stream.status.StreamStatus.RenditionStatus;
import dev.sightline.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VideoStreamTest {
    private static final Rendition VP8 = new Rendition.Video(Codec.VP8, Rendition.SOURCE_WIDTH, 1_000_000);

    private final VirtualTime time = new VirtualTime();
    private final StreamRegistry registry = new StreamRegistry(time.streams());
    private final ScriptedSource source = new ScriptedSource(320, 240);
    private final List<Viewer> viewers = new ArrayList<>();

    @BeforeAll
    static void loadNatives() {
        // Takes a second the first time, in which a stream would fall silent.
        Loader.load(opencv_imgcodecs.class);
        Loader.load(avcodec.class);
    }

    @AfterEach
    void close() {
        viewers.forEach(Viewer::close);
        registry.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"VP8", "H264"})
    void subscribe_twentyViewers_oneEncoderRunsOnceAPicture(Codec codec) throws Exception {
        LiveStream stream = start();
        Rendition video = new Rendition.Video(codec, Rendition.SOURCE_WIDTH, 1_000_000);
        for (int i = 0; i < 20; i++) {
            watch(stream, video);
        }
        show(10);

        for (Viewer viewer : viewers) {
            List<EncodedFrame> shown = viewer.pictures();
            assertThat(shown).extracting(EncodedFrame::seq).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
            assertThat(shown.get(0).keyframe()).isTrue();
            assertThat(shown.get(0).codec()).isEqualTo(codec);
            assertThat(shown.get(9)).isSameAs(viewers.get(0).pictures().get(9));
        }
        RenditionStatus rendition = stream.status().renditions().get(0);
        assertThat(rendition.encodes()).isEqualTo(10);
        assertThat(rendition.frames()).isEqualTo(10);
        assertThat(rendition.viewers()).isEqualTo(20);
        assertThat(rendition.keyframes()).isZero();
        assertThat(rendition.encoding().encoder())
                .hasValueSatisfying(name -> assertThat(name).contains(codec == Codec.VP8 ? "libvpx" : "264"));
    }

    @Test
    void pictureTooLargeForVideo_isLeftOutOfThatAloneAndCounted() throws Exception {
        ScriptedSource panorama = new ScriptedSource(17_000, 16);
        LiveStream stream = registry.start("panorama", panorama, Pipeline.of(List.of()), false);
        Viewer video = watch(stream, VP8);
        Viewer pictures = watch(stream, Rendition.DEFAULT);
        for (int i = 1; i <= 3; i++) {
            panorama.raw();
            assertThat(pictures.awaitPicture(i).width()).isEqualTo(17_000);
        }
        Await.until("counted", () -> stream.status().dropped().encoders() == 3);
        assertThat(video.pictures()).isEmpty();
        assertThat(stream.status().dropped().broken()).isZero();
    }

    @Test
    void subscribe_newcomerAmidTheVideo_getsAKeyframeFirstAtOnce() throws Exception {
        LiveStream stream = start();
        Viewer first = watch(stream, VP8);
        show(5);
        Viewer newcomer = watch(stream, VP8);
        Await.until("asked", () -> first.states.size() > 0 && newcomer.states.size() > 0);
        show(3);

        assertThat(newcomer.pictures()).extracting(EncodedFrame::seq).containsExactly(6L, 7L, 8L);
        assertThat(newcomer.pictures().get(0).keyframe()).isTrue();
        assertThat(newcomer.subscription().dropped()).isZero();
        assertThat(stream.status().renditions().get(0).keyframes()).isEqualTo(1);
    }

    @Test
    void requestKeyframe_manyAskAtOnce_oneComes() throws Exception {
        LiveStream stream = start();
        for (int i = 0; i < 5; i++) {
            watch(stream, VP8);
        }
        show(3);
        viewers.forEach(viewer -> viewer.subscription().requestKeyframe());
        show(3);

        assertThat(viewers.get(0).pictures())
                .extracting(EncodedFrame::keyframe)
                .containsExactly(true, false, false, true, false, false);
        assertThat(stream.status().renditions().get(0).keyframes()).isEqualTo(1);
    }

    @Test
    void sourceLost_videoShowsTheSlateAsAKeyframeAndGoesOnWithOne() throws Exception {
        LiveStream stream = start();
        Viewer viewer = watch(stream, VP8);
        Viewer metadata = watch(stream, Rendition.METADATA);
        show(3);
        EncodedFrame last = viewer.pictures().get(2);
        source.refuses = true;
        source.lose();
        EncodedFrame slate = viewer.awaitSlate(time);

        assertThat(slate.keyframe()).isTrue();
        assertThat(slate.codec()).isEqualTo(Codec.VP8);
        assertThat(slate.seq()).isGreaterThan(last.seq());
        assertThat(slate.captureNanos()).isLessThanOrEqualTo(last.captureNanos());
        assertThat(slate.presentationNanos()).isGreaterThan(last.presentationNanos());
        assertThat(RtpTime.timestamp(metadata.awaitSlate(time))).isEqualTo(RtpTime.timestamp(slate));

        source.refuses = false;
        source.raw();
        source.raw();
        EncodedFrame back = viewer.awaitPicture(4, time);

        assertThat(back.keyframe()).isTrue();
        assertThat(back.presentationNanos()).isGreaterThan(slate.presentationNanos());
    }

    @Test
    void requestKeyframe_slateWasLostOnTheWay_bringsAnother() throws Exception {
        LiveStream stream = start();
        Viewer viewer = watch(stream, VP8);
        show(1);
        source.refuses = true;
        source.lose();
        EncodedFrame slate = viewer.awaitSlate(time);
        viewer.subscription().requestKeyframe();

        time.until("another slate", () -> viewer.awaitSlate(time).seq() > slate.seq());
        assertThat(viewer.awaitSlate(time).keyframe()).isTrue();
        assertThat(RtpTime.timestamp(viewer.awaitSlate(time))).isNotEqualTo(RtpTime.timestamp(slate));
    }

    @Test
    void subscribe_fifthRenditionOfAVideo_isRefusedAndNamesTheOthers() throws Exception {
        LiveStream stream = start();
        for (int width : new int[] {0, 640, 320, 240}) {
            watch(stream, new Rendition.Video(Codec.VP8, width, 500_000));
            watch(stream, new Rendition.Video(Codec.H264, width, 500_000));
        }
        watch(stream, Rendition.DEFAULT);
        watch(stream, Rendition.METADATA);

        assertThatThrownBy(() -> watch(stream, new Rendition.Video(Codec.VP8, 160, 500_000)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("4 vp8 renditions already")
                .hasMessageContaining("vp8 640 500 kbit/s");
    }

    /** Shows so many pictures, each when everybody has seen the one before. */
    private void show(int pictures) {
        for (int i = 0; i < pictures; i++) {
            long before = newest();
            time.pass(Duration.ofMillis(40));
            source.raw();
            Await.until("the picture after " + before, () -> newest() > before);
            Await.until("everybody saw it", () -> viewers.stream().allMatch(viewer -> newest(viewer) == newest()));
        }
    }

    private long newest() {
        return viewers.stream().mapToLong(VideoStreamTest::newest).max().orElse(0);
    }

    private static long newest(Viewer viewer) {
        return viewer.pictures().stream().mapToLong(EncodedFrame::seq).max().orElse(0);
    }

    private LiveStream start() {
        return registry.start("cam", source, Pipeline.of(List.of()), false);
    }

    private Viewer watch(LiveStream stream, Rendition rendition) throws RefusedException {
        Viewer viewer = new Viewer(stream, rendition);
        viewers.add(viewer);
        return viewer;
    }
}
