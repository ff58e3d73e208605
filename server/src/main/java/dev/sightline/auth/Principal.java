package dev.sightline.auth;

import dev.sightline.access.Action;
import java.util.List;

/**
 * Who somebody is, and what it may do.
 *
 * @param kind how it proves that
 * @param name a user's or token's name; a share link's id
 * @param grants what it may do
 */
record Principal(Kind kind, String name, List<Grant> grants) {

    /** How somebody proves who it is. */
    enum Kind {
        USER,
        TOKEN,
        JWT,
        SHARE
    }

    /** Copies the grants. */
    Principal {
        grants = List.copyOf(grants);
    }

    boolean may(Action action, String stream) {
        return grants.stream().anyMatch(grant -> grant.allows(action, stream));
    }

    boolean isAdmin() {
        return grants.stream().anyMatch(grant -> grant.action() == Action.ADMIN);
    }

    /** Whether both are the same user, token or link, perhaps with other rights. */
    boolean isSame(Principal other) {
        return kind == other.kind && name.equals(other.name);
    }
}
