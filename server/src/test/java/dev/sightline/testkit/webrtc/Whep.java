package dev.sightline.testkit.webrtc;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A session's life over HTTP, as WHEP has it.
 *
 * @param resource the session's own address
 * @param etag what names its ICE session; empty if the server named none
 * @param answer the server's description
 */
public record Whep(URI resource, String etag, String answer) {

    /** Posts an offer; fails where the server refuses it, with its words. */
    static CompletableFuture<Whep> post(HttpClient http, URI address, String offer) {
        HttpRequest request = request(address)
                .header("Content-Type", "application/sdp")
                .POST(BodyPublishers.ofString(offer))
                .build();
        return http.sendAsync(request, BodyHandlers.ofString()).thenApply(response -> taken(address, response));
    }

    /** Ends the session; the code that the server answers with. */
    CompletableFuture<Integer> delete(HttpClient http) {
        HttpRequest request = request(resource).DELETE().build();
        return http.sendAsync(request, BodyHandlers.discarding()).thenApply(HttpResponse::statusCode);
    }

    /** With the token that may stand before the host of its address. */
    private static HttpRequest.Builder request(URI address) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        String token = address.getRawUserInfo();
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private static Whep taken(URI address, HttpResponse<String> response) {
        if (response.statusCode() != 201) {
            throw new CompletionException(new IllegalStateException(
                    "POST " + address + " was answered " + response.statusCode() + ": " + response.body()));
        }
        String location = response.headers()
                .firstValue("Location")
                .orElseThrow(() -> new IllegalStateException("201 without a Location"));
        return new Whep(
                address.resolve(location), response.headers().firstValue("ETag").orElse(""), response.body());
    }
}
