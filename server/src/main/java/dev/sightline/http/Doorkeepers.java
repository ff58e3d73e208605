package dev.sightline.http;

import java.util.function.Supplier;

/**
 * The rules for who may use a server.
 *
 * @param origins for pages, and the server's names
 * @param accesses for people and programs
 */
record Doorkeepers(OriginPolicy origins, AccessPolicy accesses) {

    /** Judges requests by these rules. */
    RequestAdmission admission(Supplier<Routes> routes, Forwarding forwarding, boolean secure, boolean httpsOnly) {
        return new RequestAdmission(routes, new Cors(origins, secure), forwarding, accesses, httpsOnly);
    }
}
