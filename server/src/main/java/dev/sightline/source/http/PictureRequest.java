package dev.sightline.source.http;

import dev.sightline.source.Challenge;
import dev.sightline.source.EgressRule;
import dev.sightline.source.NetworkFailure;
import dev.sightline.source.SourceException;
import dev.sightline.source.ffmpeg.Hosts;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Requests one resource of a web server, any number of times, and those it leads to. It follows redirects as far as the {@link
 * EgressRule} of the first server allows, and authenticates if required; it reuses what it learnt the next time. Used by one
 * thread.
 */
final class PictureRequest {
    private static final int MOST_REDIRECTS = 8;
    /** One that is refused again as stale is answered once more. */
    private static final int MOST_CHALLENGES = 2;

    private static final int UNAUTHORIZED = 401;

    private final String subject;
    private final WebAddress start;
    private Optional<Challenge> challenge = Optional.empty();
    private Optional<EgressRule> rule;

    /**
     * Creates a request.
     *
     * @param subject the server's name for people
     * @param egress where the first connection may lead; empty for anywhere
     */
    PictureRequest(String subject, WebAddress start, Optional<EgressRule> egress) {
        this.subject = subject;
        this.start = start;
        this.rule = egress;
    }

    /**
     * The answer, which the caller closes.
     *
     * @param limit how long to wait for it
     */
    Answer get(Duration limit) throws IOException, SourceException, InterruptedException {
        return get(start, "", limit);
    }

    /**
     * The answer to a request for another resource that the server leads to, which the caller closes.
     *
     * @param range the {@code Range} header; empty for all
     */
    Answer get(WebAddress first, String range, Duration limit)
            throws IOException, SourceException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        WebAddress address = first;
        int challenges = 0;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; ) {
            Hosts.find(address.host(), Duration.ofMillis(TimedSocket.millisTo(deadline)));
            Answer answer = ask(address, range, deadline);
            Optional<WebAddress> elsewhere = elsewhere(address, answer);
            if (elsewhere.isPresent()) {
                answer.close();
                address = elsewhere.get();
                redirects++;
                challenges = 0;
            } else if (answer.status() == UNAUTHORIZED && learn(address, answer, challenges)) {
                answer.close();
                challenges++;
            } else {
                return sound(answer);
            }
        }
        throw new SourceException(subject + ": it redirects more than " + MOST_REDIRECTS + " times");
    }

    private Answer ask(WebAddress address, String range, long deadline) throws IOException {
        Connection connection = Connection.open(address, rule, deadline);
        rule = rule.or(() -> Optional.of(EgressRule.ofServerAt(connection.number())));
        try {
            connection.send("GET " + address.target() + " HTTP/1.1\r\nHost: " + address.hostHeader()
                    + "\r\nUser-Agent: Sightline\r\nAccept: */*\r\nAccept-Encoding: identity\r\nConnection: close\r\n"
                    + (range.isEmpty() ? "" : "Range: " + range + "\r\n") + authorization(address) + "\r\n");
            return Answer.read(connection);
        } catch (IOException | RuntimeException failure) {
            connection.close();
            throw failure;
        }
    }

    private String authorization(WebAddress address) {
        return challenge
                .flatMap(known -> address.login().map(login -> known.header(login, "GET", address.target())))
                .map(value -> "Authorization: " + value + "\r\n")
                .orElse("");
    }

    /**
     * Whether a refusal can be answered. A password that was refused just now is wrong, and cameras lock out clients that
     * repeat it; a challenge of an earlier request may only have expired.
     */
    private boolean learn(WebAddress address, Answer answer, int challenges) {
        challenge = Challenge.of(answer.headers("WWW-Authenticate"));
        boolean again = challenges == 0
                || challenges < MOST_CHALLENGES
                        && challenge.filter(Challenge::stale).isPresent();
        return again && address.login().isPresent() && challenge.isPresent();
    }

    private Optional<WebAddress> elsewhere(WebAddress address, Answer answer) throws SourceException {
        String location = answer.header("Location");
        if (answer.status() / 100 != 3 || location.isEmpty()) {
            return Optional.empty();
        }
        Optional<WebAddress> next = address.redirected(location);
        if (next.isEmpty()) {
            answer.close();
            throw new SourceException(subject + ": it redirects to something that is not a web server's address");
        }
        return next;
    }

    private Answer sound(Answer answer) throws SourceException {
        Optional<String> problem = NetworkFailure.ofStatus(answer.status());
        if (problem.isPresent()) {
            answer.close();
            throw new SourceException(subject + ": " + problem.get());
        }
        return answer;
    }
}
