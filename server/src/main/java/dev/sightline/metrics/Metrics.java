package dev.sightline.metrics;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * All metrics of this server. It counts nothing itself: every part is asked for its metrics when somebody reads the page. Safe
 * for use by any thread.
 */
public final class Metrics {
    private final List<Supplier<? extends Collection<Family>>> parts = new CopyOnWriteArrayList<>();
    private final ExpositionFormats formats = ExpositionFormats.init();

    /** Starts with the metrics of the process. */
    public Metrics() {
        add(ProcessMetrics::read);
    }

    /** Adds a part's metrics; the supplier is called by any thread, and must not wait. */
    public void add(Supplier<? extends Collection<Family>> part) {
        parts.add(part);
    }

    /**
     * All metrics now.
     *
     * @param accept the reader's Accept header field: OpenMetrics if it is requested, else the text format of Prometheus
     */
    public Page read(String accept) {
        return read(accept, stream -> true);
    }

    /**
     * Some of the metrics now.
     *
     * @param visible whether samples of this stream are wanted, or, for an empty one, those that are of no stream
     */
    public Page read(String accept, Predicate<Optional<String>> visible) {
        MetricSnapshots.Builder snapshots = MetricSnapshots.builder();
        parts.stream()
                .flatMap(part -> part.get().stream())
                .flatMap(family -> family.only(visible).stream())
                .map(Family::snapshot)
                .forEach(snapshots::metricSnapshot);
        return write(snapshots.build(), writer(accept));
    }

    private ExpositionFormatWriter writer(String accept) {
        ExpositionFormatWriter open = formats.getOpenMetricsTextFormatWriter();
        return open.accepts(accept) ? open : formats.getPrometheusTextFormatWriter();
    }

    private static Page write(MetricSnapshots snapshots, ExpositionFormatWriter writer) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            writer.write(text, snapshots);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written to", e);
        }
        return new Page(writer.getContentType(), text.toByteArray());
    }

    /**
     * The metrics as text.
     *
     * @param contentType the media type
     * @param text in UTF-8
     */
    public record Page(String contentType, byte[] text) {}
}
