package dev.sightline.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Guesses are slowed, and lock nobody else out. */
class GuessesTest {
    private final AtomicLong now = new AtomicLong(1);
    private final Attempts attempts = new Attempts(now::get);

    private int judged(int tries, String account, String address) {
        int judged = 0;
        for (int i = 0; i < tries; i++) {
            judged += attempts.take(account, address).isEmpty() ? 1 : 0;
        }
        return judged;
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void take_hundredASecondForAMinute_fewAreJudged() {
        int judged = 0;
        for (int i = 0; i < 6_000; i++) {
            judged += judged(1, "admin", "192.0.2.1");
            pass(Duration.ofMillis(10));
        }
        assertThat(judged).isEqualTo(5 + 5); // five at once, then one in 10 s
    }

    @Test
    void take_manyAccountsOfOneAddress_countTogether() {
        int judged = 0;
        for (int i = 0; i < 1_000; i++) {
            judged += judged(1, "user" + i, "192.0.2.1");
        }
        assertThat(judged).isEqualTo(20);
    }

    @Test
    void take_accountThatIsGuessedByThousands_firstAttemptOfAnotherAddressIsJudged() {
        for (int i = 0; i < 2_000; i++) {
            judged(5, "admin", "10.0." + i / 256 + "." + i % 256);
        }
        assertThat(attempts.take("admin", "198.51.100.1")).isEmpty();
        assertThat(attempts.take("admin", "198.51.100.1"))
                .as("its second waits with the others")
                .isPresent();
    }

    @Test
    void take_afterTheTimeThatWasSaid_isJudged() {
        judged(5, "admin", "192.0.2.1");
        Duration wait = attempts.take("admin", "192.0.2.1").orElseThrow();

        pass(wait);

        assertThat(wait).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
        assertThat(attempts.take("admin", "192.0.2.1")).isEmpty();
    }

    @Test
    void take_moreThanAreRemembered_theOldestIsForgotten() {
        judged(5, "admin", "192.0.2.1");
        for (int i = 0; i < 10_000; i++) {
            judged(1, "admin", "10." + i / 65_536 + "." + i / 256 % 256 + "." + i % 256);
        }
        assertThat(attempts.take("admin", "192.0.2.1")).isEmpty();
    }

    @Test
    void succeeded_rightOnes_neverWait() {
        for (int i = 0; i < 500; i++) {
            assertThat(attempts.take("admin", "192.0.2.1")).isEmpty();
            attempts.succeeded("admin", "192.0.2.1");
        }
    }
}
