package dev.sightline.app;

import dev.sightline.access.Access;
import dev.sightline.admin.LoginCookie;
import dev.sightline.auth.Authorizer;
import dev.sightline.auth.TooManyAttemptsException;
import dev.sightline.http.AccessPolicy;
import dev.sightline.http.Credentials;
import dev.sightline.http.Problem;
import dev.sightline.http.ProblemException;
import dev.sightline.refusal.RefusedException;
import dev.sightline.stream.StreamRegistry;
import java.util.Optional;

/**
 * What the sender of a request may do, for all transports.
 *
 * @param cookie in which a browser has its login
 */
record Accesses(Authorizer authorizer, StreamRegistry streams, LoginCookie cookie) implements AccessPolicy {

    @Override
    public Access of(Credentials presented) {
        try {
            Optional<String> login =
                    Optional.ofNullable(presented.cookies().get(cookie.name(presented.forwardedHttps())));
            return authorizer.of(presented.bearer(), login, presented.client().name());
        } catch (TooManyAttemptsException e) {
            throw new ProblemException(Problem.of(429, e.getMessage()))
                    .withHeader("Retry-After", Long.toString(e.waitSeconds()));
        }
    }

    @Override
    public Optional<Problem> hidden(String stream, Access access) {
        try {
            streams.find(stream, access);
            return Optional.empty();
        } catch (RefusedException unknown) {
            return Optional.of(Problem.of(unknown));
        }
    }
}
