package dev.sightline.admin;

import dev.sightline.auth.Authorizer;
import dev.sightline.metrics.Family;
import java.util.List;

/** The metrics of logins, which name nobody. */
final class LoginMetrics {
    private LoginMetrics() {}

    static List<Family> read(Authorizer authorizer) {
        Family attempts =
                Family.counter("sightline_logins", "Attempts to log in with a password, by what became of them.");
        authorizer.outcomes().forEach((outcome, count) -> attempts.add(count, "outcome", outcome));
        return List.of(attempts);
    }
}
