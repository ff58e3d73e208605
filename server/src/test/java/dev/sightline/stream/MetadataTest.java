package dev.sightline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.codec.Rendition;
import dev.sightline.codec.RtpTime;
import dev.sightline.frame.Box;
import dev.sightline.frame.Codec;
import dev.sightline.frame.Detection;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.pipeline.Pipeline.NamedProcessor;
import dev.sightline.processor.FrameProcessor;
import dev.sightline.stream.status.StreamState;
import dev.sightline.testkit.Await;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MetadataTest {
    private final VirtualTime time = new VirtualTime();
    private final StreamRegistry registry = new StreamRegistry(time.streams());
    private final ScriptedSource source = new ScriptedSource(320, 240);

    @BeforeAll
    static void loadNatives() {
        Loader.load(opencv_imgcodecs.class);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void subscribe_metadata_bringsIdentityAndWhatWasFoundWithoutAPicture() throws Exception {
        LiveStream stream = start(frame -> frame.metadata().add(new Detection("thing", 0.5, new Box(0, 0, 1, 1))));
        try (Viewer metadata = new Viewer(stream, Rendition.METADATA);
                Viewer pictures = new Viewer(stream, Rendition.DEFAULT)) {
            source.raw();
            EncodedFrame known = metadata.awaitPicture(1);
            EncodedFrame shown = pictures.awaitPicture(1);

            assertThat(known.codec()).isEqualTo(Codec.NONE);
            assertThat(known.size()).isZero();
            assertThat(known.width()).isEqualTo(320);
            assertThat(known.seq()).isEqualTo(shown.seq());
            assertThat(known.captureNanos()).isEqualTo(shown.captureNanos());
            assertThat(RtpTime.timestamp(known)).isEqualTo(RtpTime.timestamp(shown));
            assertThat(known.metadata().detections())
                    .isEqualTo(shown.metadata().detections())
                    .hasSize(1);
        }
    }

    @Test
    void subscribe_metadataWherePicturesPassThrough_decodesNothing() throws Exception {
        LiveStream stream = start();
        try (Viewer metadata = new Viewer(stream, Rendition.METADATA)) {
            source.broken();
            assertThat(metadata.awaitPicture(1).seq()).isEqualTo(1);
            assertThat(stream.status().dropped().broken()).isZero();
            assertThat(stream.status().frames()).isEqualTo(1);
        }
    }

    @Test
    void subscribe_metadataBesideFullRenditions_isNeverRefused() throws Exception {
        LiveStream stream = start();
        List<Viewer> viewers = new ArrayList<>();
        try {
            viewers.add(new Viewer(stream, Rendition.DEFAULT));
            for (int quality = 1; quality <= 3; quality++) {
                viewers.add(new Viewer(stream, new Rendition.Jpeg(0, quality)));
            }
            viewers.add(new Viewer(stream, Rendition.METADATA));
            assertThat(stream.status().renditions()).hasSize(5);
        } finally {
            viewers.forEach(Viewer::close);
        }
    }

    @Test
    void sourceLost_metadataSaysTheStateUnderTheSlatesIdentity() throws Exception {
        LiveStream stream = start();
        try (Viewer metadata = new Viewer(stream, Rendition.METADATA);
                Viewer pictures = new Viewer(stream, Rendition.DEFAULT)) {
            source.raw();
            EncodedFrame last = pictures.awaitPicture(1);
            metadata.awaitPicture(1);
            source.refuses = true;
            source.lose();
            EncodedFrame slate = pictures.awaitSlate(time);
            EncodedFrame known = metadata.awaitSlate(time);

            assertThat(known.metadata().values()).containsEntry("state", "OFFLINE");
            assertThat(known.seq()).isEqualTo(slate.seq());
            assertThat(known.captureNanos()).isEqualTo(last.captureNanos());
            assertThat(RtpTime.timestamp(known)).isEqualTo(RtpTime.timestamp(slate));
            assertThat(slate.presentationNanos()).isGreaterThan(last.presentationNanos());
        }
    }

    @Test
    void subscribe_anotherRenditionOfAStreamThatIsOffline_allAreShownTheSameSlate() throws Exception {
        LiveStream stream = start();
        try (Viewer metadata = new Viewer(stream, Rendition.METADATA);
                Viewer pictures = new Viewer(stream, Rendition.DEFAULT)) {
            source.raw();
            pictures.awaitPicture(1);
            source.refuses = true;
            source.lose();
            long before = pictures.awaitSlate(time).seq();

            try (Viewer newcomer = new Viewer(stream, new Rendition.Jpeg(160, 70))) {
                long seq = newcomer.awaitSlate(time).seq();
                assertThat(seq).isGreaterThan(before);
                Await.until(
                        "all have it",
                        () -> pictures.awaitSlate(time).seq() == seq
                                && metadata.awaitSlate(time).seq() == seq);
            }
        }
    }

    @Test
    void subscribe_metadataOfAStreamThatIsOffline_saysSo() throws Exception {
        source.refuses = true;
        LiveStream stream = start();
        time.until("offline", () -> stream.status().state() == StreamState.OFFLINE);
        try (Viewer metadata = new Viewer(stream, Rendition.METADATA)) {
            assertThat(metadata.awaitSlate(time).metadata().values()).containsEntry("state", "OFFLINE");
        }
    }

    private LiveStream start(FrameProcessor... processors) {
        List<NamedProcessor> named = new ArrayList<>();
        for (FrameProcessor processor : processors) {
            named.add(new NamedProcessor("step", () -> processor));
        }
        return registry.start("cam", source, Pipeline.of(named), false);
    }
}
