package dev.sightline.app;

import dev.sightline.app.configuration.LiveConfiguration;
import dev.sightline.http.HttpServer;
import dev.sightline.http.tls.Tls;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.transport.webrtc.WebRtcTransport;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;

/**
 * What a running server consists of.
 *
 * @param http the ports, the main one first
 * @param endpoints what is served there
 * @param webRtc the media port
 * @param tls the certificate if the server uses HTTPS
 * @param registry the streams
 * @param workers the processes that some of them run in
 * @param configuration what is configured
 * @param closed is 0 when the server is closed
 */
record ServerParts(
        List<HttpServer> http,
        HttpEndpoints endpoints,
        WebRtcTransport webRtc,
        Optional<Tls> tls,
        StreamRegistry registry,
        Workers workers,
        LiveConfiguration configuration,
        CountDownLatch closed) {

    /**
     * Changes to another description, without a viewer noticing more than that.
     *
     * @throws IllegalArgumentException if it is invalid; nothing has changed then
     */
    void describe(ServerDescription other) {
        Runnable swap = endpoints.others(other.additions());
        try {
            configuration
                    .describe(other.written(), other.additions(), swap)
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IllegalArgumentException invalid) {
                throw invalid;
            }
            throw e;
        }
    }

    /**
     * Closes the ports, then the connections, and ends the streams last, when no client is left that could misread their
     * absence: a page finds no server, and waits for it.
     */
    void close() {
        configuration.close();
        http.forEach(HttpServer::refuse);
        registry.farewell();
        http.forEach(HttpServer::close);
        webRtc.close();
        registry.close();
        workers.close();
        tls.ifPresent(Tls::close);
        closed.countDown();
    }
}
