package dev.sightline.http;

/** Says which web pages of other origins may use this server. Called on event loops. */
@FunctionalInterface
public interface OriginPolicy {

    /**
     * Whether pages of an origin are allowed.
     *
     * @param origin the Origin header field, for example {@code https://example.org:8443} or {@code null}
     * @param host the Host header field, for example {@code camera.local:8080}; empty where there is none
     */
    boolean allows(String origin, String host);
}
