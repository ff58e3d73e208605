package dev.sightline.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.entry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MetadataTest {
    private static final Detection FACE = new Detection("face", 0.9, new Box(0.1, 0.2, 0.3, 0.4));

    @Test
    void metadata_keepsWhatWasAdded_inOrder() {
        Metadata metadata =
                new Metadata().add(FACE).put("zeta", 1).put("alpha", true).put("zeta", 2);
        assertThat(metadata.detections()).containsExactly(FACE);
        assertThat(metadata.values()).containsExactly(entry("zeta", 2), entry("alpha", true));
        assertThat(metadata.isEmpty()).isFalse();
    }

    @Test
    void put_whatJsonCannotSay_isRefusedWithTheKey() {
        Metadata metadata = new Metadata();
        for (Object value : List.of(Instant.EPOCH, Double.NaN, Float.POSITIVE_INFINITY, List.of(Map.of("a", 'x')))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> metadata.put("when", value))
                    .withMessageContaining("'when'")
                    .withMessageContaining("JSON cannot say");
        }
        assertThat(metadata.isEmpty()).isTrue();
    }

    @Test
    void put_detections_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Metadata().put("detections", List.of()));
    }

    @Test
    void put_collections_areCopied() {
        List<Object> list = new ArrayList<>(List.of(1));
        Map<String, Object> map = new HashMap<>(Map.of("list", list));
        Metadata metadata = new Metadata().put("map", map);
        list.add(2);
        map.put("more", 3);
        assertThat(metadata.values()).containsExactly(entry("map", Map.of("list", List.of(1))));
    }

    @Test
    void snapshot_staysAsItWas_andCannotBeChanged() {
        Metadata metadata = new Metadata().add(FACE);
        Metadata snapshot = metadata.snapshot();
        metadata.add(FACE).put("later", 1);
        assertThat(snapshot.detections()).hasSize(1);
        assertThat(snapshot.values()).isEmpty();
        assertThat(snapshot.snapshot()).isSameAs(snapshot);
        assertThatIllegalStateException().isThrownBy(() -> snapshot.add(FACE));
        assertThatIllegalStateException().isThrownBy(() -> snapshot.put("a", 1));
        assertThatIllegalStateException().isThrownBy(() -> snapshot.moveDetections(Optional::of));
        assertThatIllegalStateException().isThrownBy(() -> Metadata.EMPTY.add(FACE));
    }

    @Test
    void moveDetections_movesClipsAndDrops() {
        Detection tracked = new Detection("cat", 0.5, new Box(0.5, 0.5, 0.25, 0.25), Optional.of("tom"));
        Metadata metadata = new Metadata().add(FACE).add(tracked);
        metadata.moveDetections(
                box -> Optional.of(new Box(box.x() + 0.375, box.y() + 0.375, box.width(), box.height())));
        assertThat(metadata.detections().get(1))
                .isEqualTo(new Detection("cat", 0.5, new Box(0.875, 0.875, 0.125, 0.125), Optional.of("tom")));
        metadata.moveDetections(box -> box.x() > 0.8 ? Optional.empty() : Optional.of(box));
        assertThat(metadata.detections()).extracting(Detection::label).containsExactly("face");
    }

    @Test
    void move_movesDetectionsAndTheOverlay_andNothingElse() {
        Map<String, Object> tracks = Map.of("id", "3", "points", List.of(List.of(0.25, 0.5), List.of(0.5, 1)));
        Metadata metadata = new Metadata()
                .add(new Detection("cat", 0.5, new Box(0.25, 0.5, 0.25, 0.25)))
                .put("at", List.of(0.25, 0.5))
                .put(
                        "overlay",
                        Map.of(
                                "tracks",
                                List.of(tracks, "no shape"),
                                "points",
                                List.of(Map.of("at", List.of(0.25, 0.5)), Map.of("at", List.of("left")))));

        metadata.move(point -> new FramePoint(1 - point.x(), point.y()));

        assertThat(metadata.detections().get(0).box()).isEqualTo(new Box(0.5, 0.5, 0.25, 0.25));
        assertThat(metadata.values())
                .containsEntry("at", List.of(0.25, 0.5))
                .containsEntry(
                        "overlay",
                        Map.of(
                                "tracks",
                                List.of(
                                        Map.of("id", "3", "points", List.of(List.of(0.75, 0.5), List.of(0.5, 1.0))),
                                        "no shape"),
                                "points",
                                List.of(Map.of("at", List.of(0.75, 0.5)), Map.of("at", List.of("left")))));
        assertThatIllegalStateException().isThrownBy(() -> metadata.snapshot().move(point -> point));
        assertThatIllegalArgumentException().isThrownBy(() -> new FramePoint(Double.NaN, 0));
    }

    @Test
    void detection_withAScoreOutsideItsRange_isRefused() {
        for (double score : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Detection("face", score, FACE.box()));
        }
    }
}
