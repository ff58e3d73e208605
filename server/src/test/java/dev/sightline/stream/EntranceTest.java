package dev.sightline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.codec.Rendition;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.refusal.RefusedException;
import dev.sightline.refusal.RefusedException.Reason;
import dev.sightline.stream.Entrance.Refusal;
import dev.sightline.stream.status.StreamState;
import dev.sightline.testkit.Pictures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EntranceTest {
    private final StreamRegistry registry = new StreamRegistry(new VirtualTime().streams());
    private final List<LiveStream> entered = new ArrayList<>();

    @BeforeAll
    static void loadNatives() {
        Loader.load(opencv_imgcodecs.class);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void take_whatIsNoPicture_takesNobodysPlace() throws Exception {
        LiveStream stream = published();
        Entrance one = entrance(stream);
        Entrance other = entrance(stream);

        assertThat(one.take(sent("no picture".getBytes()))).get().satisfies(refusal -> {
            assertThat(refusal.status()).isEqualTo(415);
            assertThat(refusal.place()).isEmpty();
        });
        assertThat(entered).isEmpty();
        assertThat(other.take(picture())).isEmpty();
        assertThat(entered).containsExactly(stream);
        assertThat(one.take(picture())).get().satisfies(refusal -> {
            assertThat(refusal.status()).isEqualTo(409);
            assertThat(refusal.place()).contains(Reason.TAKEN);
        });
    }

    @Test
    void take_badPictureAfterAGoodOne_keepsThePlace() throws Exception {
        LiveStream stream = published();
        Entrance entrance = entrance(stream);
        assertThat(entrance.take(picture())).isEmpty();
        assertThat(entrance.take(sent("no picture".getBytes())).map(Refusal::status))
                .contains(415);
        assertThat(entrance(stream).take(picture()).map(Refusal::status)).contains(409);
        assertThat(entrance.take(picture())).isEmpty();
        assertThat(entered).containsExactly(stream);
    }

    @Test
    void take_malformedId_isABadRequestOfThisPictureOnly() throws Exception {
        Entrance entrance = entrance(published());
        Entrance.Message malformed = () -> {
            SenderFrameId.read(Map.of("seq", "one"));
            throw new AssertionError("it was read");
        };
        assertThat(entrance.take(malformed)).get().satisfies(refusal -> {
            assertThat(refusal.status()).isEqualTo(400);
            assertThat(refusal.place()).isEmpty();
        });
        assertThat(entered).isEmpty();
        assertThat(entrance.take(picture())).isEmpty();
    }

    @Test
    void take_messageWithoutPicture_isNoFault() throws Exception {
        assertThat(entrance(published()).take(Optional::empty)).isEmpty();
        assertThat(entered).isEmpty();
    }

    @Test
    void close_leavesThePlaceToOthers() throws Exception {
        LiveStream stream = published();
        try (Entrance first = entrance(stream)) {
            assertThat(first.take(picture())).isEmpty();
        }
        assertThat(entrance(stream).take(picture())).isEmpty();
    }

    @Test
    void take_mirror_tellsOfTheSessionBeforeItsFirstPicture() throws Exception {
        Mirror mirror = registry.startMirror("each", PipelineRecipe.of(List.of()), 1);
        List<Viewer> viewers = new ArrayList<>();
        try (Entrance entrance = new Entrance(
                mirror, List.of(), Viewer.SENDER, session -> viewers.add(new Viewer(session, Rendition.DEFAULT)))) {
            assertThat(entrance.take(picture())).isEmpty();
            assertThat(viewers.get(0).awaitPicture(1).seq()).isEqualTo(1);
            assertThat(entrance(mirror).take(picture())).get().satisfies(refusal -> {
                assertThat(refusal.status()).isEqualTo(503);
                assertThat(refusal.place()).contains(Reason.LIMIT);
            });
        }
        viewers.get(0).close();
    }

    @Test
    void take_turnedAwayByTheOneWhoIsTold_leavesThePlace() throws Exception {
        LiveStream stream = published();
        Entrance refused = new Entrance(stream, List.of(), Viewer.SENDER, it -> {
            throw new RefusedException(Reason.LIMIT, "nobody may watch");
        });
        assertThat(refused.take(picture()).map(Refusal::detail)).contains("nobody may watch");
        assertThat(stream.status().state()).isEqualTo(StreamState.OFFLINE);
        assertThat(entrance(stream).take(picture())).isEmpty();
    }

    @Test
    void take_streamWithASource_isRefused() throws Exception {
        LiveStream camera = registry.start("cam", new ScriptedSource(64, 48), Pipeline.of(List.of()), false);
        assertThat(entrance(camera).take(picture())).get().satisfies(refusal -> {
            assertThat(refusal.status()).isEqualTo(403);
            assertThat(refusal.place()).contains(Reason.WRONG_KIND);
        });
    }

    private LiveStream published() {
        return registry.startPublished("me", PipelineRecipe.of(List.of()));
    }

    private Entrance entrance(NamedStream stream) {
        return new Entrance(stream, List.of(), Viewer.SENDER, entered::add);
    }

    private static Entrance.Message picture() {
        return sent(Pictures.plain(64, 48, 0));
    }

    private static Entrance.Message sent(byte[] bytes) {
        return () -> Optional.of(new SentPicture(bytes, Optional.empty()));
    }
}
