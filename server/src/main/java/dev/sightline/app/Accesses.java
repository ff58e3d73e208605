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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the sender of a request may do, for all transports.
 *
 * @param cookie in which a browser has its login, or what a share link gave it
 * @param warned whether the log says that a proxy is refused
 */
record Accesses(Authorizer authorizer, StreamRegistry streams, LoginCookie cookie, AtomicBoolean warned)
        implements AccessPolicy {
    private static final Logger LOG = LoggerFactory.getLogger(Accesses.class);
    private static final String WHAT_TO_DO = "name the proxy in http: {trusted-proxies} and say in auth who may log in,"
            + " or let everybody in with auth: none";

    @Override
    public Access of(Credentials presented) {
        if (presented.byStrangeProxy() && authorizer.isOpenToThisComputer()) {
            if (!warned.getAndSet(true)) {
                LOG.warn(
                        "a reverse proxy passes requests of others on to this server, which is for its own computer and asks"
                                + " nobody for a login: they are refused; {}",
                        WHAT_TO_DO);
            }
            return Access.nobody();
        }
        try {
            List<String> present = cookie.values(presented.cookies(), presented.forwardedHttps());
            return authorizer.of(presented.bearer(), present, presented.client().name());
        } catch (TooManyAttemptsException e) {
            throw new ProblemException(Problem.of(429, e.getMessage()))
                    .withHeader("Retry-After", Long.toString(e.waitSeconds()));
        }
    }

    @Override
    public Optional<Problem> refusal() {
        return authorizer.isOpenToThisComputer()
                ? Optional.of(Problem.of(
                        403,
                        "this server is for its own computer, and a reverse proxy passed the request on: "
                                + WHAT_TO_DO))
                : Optional.empty();
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
