package dev.sightline.bench.guesses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.bench.Programs;
import dev.sightline.bench.Scrape;
import dev.sightline.bench.load.Door;
import dev.sightline.bench.load.Guesses;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Guesses at every door get nowhere, are hardly worked on, and lock nobody else out. */
class GuessesIT {
    private static final boolean LONG = Boolean.getBoolean("sightline.long");

    private static final Duration LENGTH = Duration.ofSeconds(LONG ? 30 : 4);
    private static final int A_SECOND = 100;

    private static Programs programs;
    private static GuessedServer server;

    @BeforeAll
    static void start() throws Exception {
        programs = new Programs(Path.of(".."), "guesses-it");
        server = GuessedServer.start(programs, programs::sightlineOfClassPath);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void form_hundredASecond_fewAreHashed_othersLogIn() throws Exception {
        double before = hashed();

        Map<String, Long> answers = at(Door.FORM);

        long judged = answers.getOrDefault("401", 0L);
        assertThat(answers).as("what is judged, and what is slowed").containsOnlyKeys("401", "429");
        assertThat(judged)
                .as("five at once for an account and address, then one in 10 s")
                .isLessThanOrEqualTo(5 + 1 + elapsedAtMost().toSeconds() / 10);
        assertThat(hashed() - before).isEqualTo((double) judged);
        assertThat(Scrape.of(server.server().stream()).sum("sightline_logins_total{outcome=\"busy\""))
                .isZero();
    }

    @Test
    void tokens_hundredASecondAtEachDoor_allAreRefused_andNothingIsHashed() throws Exception {
        double before = hashed();

        assertThat(at(Door.BEARER)).containsOnlyKeys("401");
        assertThat(at(Door.WEB_SOCKET)).containsOnlyKeys("401");
        assertThat(at(Door.SOCKET_IO)).containsOnlyKeys("CONNECT_ERROR");
        Map<String, Long> jwts = at(Door.JWT);
        assertThat(jwts).containsOnlyKeys("401", "429");
        assertThat(jwts.get("401")).as("that are looked into").isLessThanOrEqualTo(20 + 10);

        assertThat(hashed()).isEqualTo(before);
    }

    /** Guesses at a door; meanwhile others log in, and one at the guesser's address goes on. */
    private static Map<String, Long> at(Door door) throws Exception {
        GuessedServer.During during = server.guesses(door, A_SECOND, LENGTH);
        Guesses guesses = during.guesses();
        SoftAssertions.assertSoftly(soft -> {
            soft.assertThat(guesses.total()).as("guesses").isEqualTo(A_SECOND * LENGTH.toSeconds());
            soft.assertThat(during.others().logins()).as("logins of another").allMatch(Double::isFinite);
            soft.assertThat(during.others().guessed())
                    .as("logins of the guessed user, elsewhere")
                    .allMatch(Double::isFinite);
            soft.assertThat(during.others().lost())
                    .as("the login at the guesser's address is lost")
                    .isFalse();
            soft.assertThat(during.others().kept()).as("its pictures").isPositive();
        });
        return guesses.answers();
    }

    /** A busy machine may take longer for what was to take that long. */
    private static Duration elapsedAtMost() {
        return LENGTH.multipliedBy(5);
    }

    /** How many wrong passwords were hashed. */
    private static double hashed() {
        return Scrape.of(server.server().stream()).sum("sightline_logins_total{outcome=\"wrong\"");
    }
}
