package dev.sightline.bench;

import dev.sightline.bench.load.Credential;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.DoubleStream;

/**
 * What a server tells under {@code /metrics}.
 *
 * @param text in Prometheus's format
 */
public record Scrape(String text) {
    /** One for all, so that looking leaves no connections that are counted. */
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** Of a server, at present. */
    public static Scrape of(URI server) {
        URI address = server.resolve("/metrics");
        try {
            HttpRequest request =
                    Credential.in(HttpRequest.newBuilder(address), address).build();
            return new Scrape(CLIENT.send(request, BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new BenchException("cannot read " + address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted");
        }
    }

    /** Of all values whose lines begin so; NaN if there are none. */
    public double sum(String start) {
        double[] values = values(start).toArray();
        return values.length == 0 ? Double.NaN : DoubleStream.of(values).sum();
    }

    /** The greatest value whose line begins so; NaN if there are none. */
    public double max(String start) {
        return values(start).max().orElse(Double.NaN);
    }

    private DoubleStream values(String start) {
        return text.lines()
                .filter(line -> line.startsWith(start))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)));
    }
}
