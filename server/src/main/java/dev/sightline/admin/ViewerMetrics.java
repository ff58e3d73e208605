package dev.sightline.admin;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sightline.metrics.Family;
import dev.sightline.stream.NamedStream;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.stream.status.Durations;
import dev.sightline.stream.status.ViewerLatency;
import dev.sightline.stream.status.ViewerStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of single viewers who report how old their frames are, while they watch. Each has a place, and those who come later
 * take the places of those who have left: a label that is never used again would let strangers grow Prometheus without end. The
 * sums of {@link StreamMetrics} have them all. Safe for use by any thread.
 */
final class ViewerMetrics {
    /** So many viewers have series, of all streams together. */
    static final int MOST = 100;

    /** So many viewers of each stream are looked at. */
    private static final int LOOKED_AT = 1_000;

    private final StreamRegistry streams;

    /** The viewers' ids, by place. */
    @GuardedBy("this")
    private final SortedMap<Integer, String> places = new TreeMap<>();

    ViewerMetrics(StreamRegistry streams) {
        this.streams = streams;
    }

    synchronized List<Family> read() {
        Map<String, Reporting> reporting = reporting();
        places.values().retainAll(reporting.keySet());
        placeNewcomers(reporting.keySet());
        Families families = new Families();
        places.forEach((place, id) -> families.add(place, reporting.get(id)));
        return List.of(families.latency, families.stages);
    }

    /** Those who report, by id. */
    private Map<String, Reporting> reporting() {
        Map<String, Reporting> all = new LinkedHashMap<>();
        for (NamedStream stream : streams.all()) {
            for (ViewerStatus viewer : stream.viewers(LOOKED_AT)) {
                viewer.latency()
                        .ifPresent(latency ->
                                all.put(viewer.id(), new Reporting(stream.name(), viewer.transport(), latency)));
            }
        }
        return all;
    }

    @GuardedBy("this")
    private void placeNewcomers(Set<String> present) {
        Set<String> placed = Set.copyOf(places.values());
        List<String> newcomers = present.stream()
                .filter(id -> !placed.contains(id))
                .limit(MOST - placed.size())
                .toList();
        int place = 0;
        for (String id : newcomers) {
            while (places.containsKey(place)) {
                place++;
            }
            places.put(place, id);
        }
    }

    /** What a viewer of a stream has reported. */
    private record Reporting(String stream, String transport, ViewerLatency latency) {}

    /** Both families, filled viewer by viewer. */
    private static final class Families {
        final Family latency = Family.histogram(
                "sightline_viewer_latency_seconds", "From capture to the screen, as this viewer reports it.");
        final Family stages = Family.histogram(
                "sightline_viewer_stage_seconds", "A frame's time in each stage, as this viewer reports it.");

        void add(int place, @Nullable Reporting reporting) {
            if (reporting != null) {
                latency.add(reporting.latency().total().histogram(), labels(place, reporting));
                addStage("network", place, reporting, reporting.latency().network());
                addStage("display", place, reporting, reporting.latency().display());
            }
        }

        private void addStage(String stage, int place, Reporting reporting, Durations measured) {
            stages.add(measured.histogram(), labels(place, reporting, "stage", stage));
        }

        private static String[] labels(int place, Reporting reporting, String... more) {
            List<String> first = List.of(
                    "stream", reporting.stream(), "viewer", String.valueOf(place), "transport", reporting.transport());
            return Stream.concat(first.stream(), Stream.of(more)).toArray(String[]::new);
        }
    }
}
