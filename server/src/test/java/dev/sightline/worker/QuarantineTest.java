package dev.sightline.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which stream is put into quarantine, and for how long. */
class QuarantineTest {
    private final Quarantine quarantine = new Quarantine();
    private long now = Long.MAX_VALUE - Duration.ofMinutes(3).toNanos();

    @Test
    void charge_fiveInAMinute_bringsTheStreamIn() {
        for (int i = 1; i < Quarantine.CHARGES; i++) {
            assertThat(charge("bad")).isEmpty();
        }
        assertThat(charge("bad")).contains(new Quarantine.Sentence("bad", Quarantine.FIRST));
        assertThat(quarantine.held(now)).containsOnlyKeys("bad");
    }

    @Test
    void charge_fiveInMoreThanAMinute_bringsNobodyIn() {
        for (int i = 0; i < 3 * Quarantine.CHARGES; i++) {
            assertThat(charge("bad")).isEmpty();
            pass(Quarantine.WINDOW.dividedBy(4));
        }
    }

    @Test
    void charge_neighbourThatStoodBesideMostTimes_staysOutAndIsForgotten() {
        charge("bad");
        for (int i = 2; i < Quarantine.CHARGES; i++) {
            charge("bad", "neighbour");
        }
        assertThat(charge("bad", "neighbour")).map(Quarantine.Sentence::stream).contains("bad");
        assertThat(charge("neighbour")).isEmpty();
    }

    @Test
    void released_afterItsTime_andTwoMoreDeathsBringItBackForTwiceAsLong() {
        bringIn();
        pass(Quarantine.FIRST.minusNanos(1));
        assertThat(quarantine.released(now)).isEmpty();
        pass(Duration.ofNanos(1));
        assertThat(quarantine.released(now)).containsExactly("bad");
        assertThat(quarantine.released(now)).isEmpty();
        assertThat(charge("bad")).isEmpty();
        assertThat(charge("bad")).contains(new Quarantine.Sentence("bad", Quarantine.FIRST.multipliedBy(2)));
    }

    @Test
    void time_growsUpToAnHour() {
        bringIn();
        Duration last = Duration.ZERO;
        for (int i = 0; i < 10; i++) {
            quarantine.release("bad", now);
            charge("bad");
            last = charge("bad").orElseThrow().length();
        }
        assertThat(last).isEqualTo(Quarantine.LONGEST);
    }

    @Test
    void hourWithoutADeath_forgetsTheStream() {
        bringIn();
        assertThat(quarantine.release("bad", now)).isTrue();
        assertThat(quarantine.release("bad", now)).isFalse();
        pass(Quarantine.LONGEST.plusNanos(1));
        for (int i = 1; i < Quarantine.CHARGES; i++) {
            assertThat(charge("bad")).isEmpty();
        }
    }

    private void bringIn() {
        for (int i = 0; i < Quarantine.CHARGES; i++) {
            charge("bad");
        }
    }

    private Optional<Quarantine.Sentence> charge(String... streams) {
        pass(Duration.ofMillis(1));
        return quarantine.charge(Set.of(streams), now);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
