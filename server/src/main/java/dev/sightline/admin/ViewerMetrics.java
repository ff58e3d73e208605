package dev.sightline.admin;

import dev.sightline.metrics.Family;
import dev.sightline.stream.NamedStream;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.stream.status.ViewerLatency;
import dev.sightline.stream.status.ViewerStatus;
import java.util.List;

/**
 * The metrics of single viewers who report how old their frames are, while they watch. Their number is limited, as every one adds
 * series to Prometheus; the sums of {@link StreamMetrics} have them all.
 */
final class ViewerMetrics {
    /** So many viewers have series, of all streams together. */
    static final int MOST = 100;

    /** So many viewers of each stream are looked at. */
    private static final int LOOKED_AT = 1_000;

    private final StreamRegistry streams;

    ViewerMetrics(StreamRegistry streams) {
        this.streams = streams;
    }

    List<Family> read() {
        Families families = new Families();
        streams.all().stream()
                .flatMap(stream -> stream.viewers(LOOKED_AT).stream()
                        .filter(viewer -> viewer.latency().isPresent())
                        .map(viewer -> new Reporting(stream, viewer)))
                .limit(MOST)
                .forEach(families::add);
        return List.of(families.latency, families.stages);
    }

    /** A viewer of a stream that has reported. */
    private record Reporting(NamedStream stream, ViewerStatus viewer) {}

    /** Both families, filled viewer by viewer. */
    private static final class Families {
        final Family latency = Family.histogram(
                "sightline_viewer_latency_seconds", "From capture to the screen, as this viewer reports it.");
        final Family stages = Family.histogram(
                "sightline_viewer_stage_seconds", "A frame's time in each stage, as this viewer reports it.");

        void add(Reporting reporting) {
            ViewerStatus viewer = reporting.viewer();
            viewer.latency().ifPresent(known -> add(known, reporting.stream().name(), viewer));
        }

        private void add(ViewerLatency known, String stream, ViewerStatus viewer) {
            String id = viewer.id();
            String transport = viewer.transport();
            latency.add(known.total().histogram(), "stream", stream, "viewer", id, "transport", transport);
            stages.add(
                    known.network().histogram(),
                    "stream",
                    stream,
                    "viewer",
                    id,
                    "transport",
                    transport,
                    "stage",
                    "network");
            stages.add(
                    known.display().histogram(),
                    "stream",
                    stream,
                    "viewer",
                    id,
                    "transport",
                    transport,
                    "stage",
                    "display");
        }
    }
}
