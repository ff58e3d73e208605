package dev.sightline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.frame.CaptureClock;
import dev.sightline.stream.status.StreamState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamStateTrackerTest {
    private static final long TICK_MILLIS = 200;

    private final List<StreamState> states = new ArrayList<>();
    private long millis = 1_000;
    private long seq;
    private Optional<String> standstill = Optional.empty();
    private final StreamStateTracker signal =
            new StreamStateTracker(CaptureClock.of(() -> millis * 1_000_000, 0), this::changed);

    private void changed() {
        states.add(signal.state());
    }

    @ParameterizedTest
    @ValueSource(longs = {33, 500, 1_900, 2_500, 3_000, 4_900})
    void pictures_ofAnySlowPace_areLiveThroughout(long interval) {
        for (int i = 0; i < 10; i++) {
            picture();
            pass(interval);
        }
        assertThat(states).containsExactly(StreamState.LIVE);
    }

    @Test
    void pictures_slowerThanTheFirstPatience_areStaleOnceAtMost() {
        for (int i = 0; i < 10; i++) {
            picture();
            pass(8_000);
        }
        assertThat(states).containsExactly(StreamState.LIVE, StreamState.STALE, StreamState.LIVE);
    }

    @Test
    void pictures_thatBecomeSlow_areStaleOnceAtMost() {
        live(30, 33);
        for (int i = 0; i < 20; i++) {
            pass(3_000);
            picture();
        }
        assertThat(states).containsExactly(StreamState.LIVE, StreamState.STALE, StreamState.LIVE);
    }

    @Test
    void silence_ofAFastSource_isStaleAfterTwoSeconds() {
        live(30, 33);
        pass(1_900);
        assertThat(signal.state()).isEqualTo(StreamState.LIVE);
        pass(400);
        assertThat(signal.state()).isEqualTo(StreamState.STALE);
        assertThat(signal.reason()).contains("the source is open but sends no new picture");
    }

    @Test
    void silence_whileTheSourceRests_isLive() {
        live(30, 33);
        rest(10_000);
        pass(1_900);
        picture();
        rest(10_000);
        assertThat(states).containsExactly(StreamState.LIVE);
        pass(60_000);
        assertThat(signal.reason()).contains("the source is open but sends no new picture");
    }

    @Test
    void rest_whileAPictureStandsStill_isStale() {
        live(30, 33);
        signal.arrived(++seq);
        standstill = Optional.of("blur does not finish");
        rest(2_200);
        assertThat(signal.state()).isEqualTo(StreamState.STALE);
        assertThat(signal.reason()).contains("blur does not finish");
    }

    @Test
    void silence_ofASlowSource_isStaleAfterFiveOfItsIntervals() {
        live(5, 3_000);
        pass(11_500);
        assertThat(signal.state()).isEqualTo(StreamState.LIVE);
        pass(1_000);
        assertThat(signal.state()).isEqualTo(StreamState.STALE);
    }

    @Test
    void silence_afterOnePictureAlone_isStaleAfterFiveSeconds() {
        picture();
        pass(4_800);
        assertThat(signal.state()).isEqualTo(StreamState.LIVE);
        pass(600);
        assertThat(signal.state()).isEqualTo(StreamState.STALE);
    }

    @Test
    void standstillOfTheProcessors_isNotTakenForThePaceOfTheSource() {
        live(30, 33);
        for (int round = 0; round < 3; round++) {
            withhold(30_000);
            assertThat(signal.state()).isEqualTo(StreamState.STALE);
            picture();
            assertThat(signal.state()).isEqualTo(StreamState.LIVE);
        }
        withhold(2_200);
        assertThat(signal.state()).isEqualTo(StreamState.STALE);
        picture();
        signal.interrupted("the other side ended the stream");
        pass(1_800);
        assertThat(signal.state()).isEqualTo(StreamState.OFFLINE);
    }

    @Test
    void processorThatHangsOnce_isNotTakenForThePaceOfTheSource() {
        live(30, 33);
        holdUp(30_000);
        signal.shown(seq);
        live(5, 33);
        pass(2_400);
        assertThat(signal.state()).isEqualTo(StreamState.STALE);
    }

    @Test
    void processorThatIsSlow_setsThePace() {
        standstill = Optional.of("it is busy");
        for (int i = 0; i < 10; i++) {
            holdUp(3_000);
            signal.shown(seq);
        }
        assertThat(states)
                .as("stale thrice, and then no more")
                .containsExactly(
                        StreamState.STALE,
                        StreamState.LIVE,
                        StreamState.STALE,
                        StreamState.LIVE,
                        StreamState.STALE,
                        StreamState.LIVE);
    }

    @Test
    void reasonOfStale_isToldAnewWhenItChanges() {
        live(30, 33);
        standstill = Optional.of("hides is off until 12:00:32");
        withhold(4_000);
        assertThat(signal.reason()).isEqualTo(standstill);
        Instant since = signal.since();

        standstill = Optional.of("hides is off until 12:01:02");
        withhold(4_000);
        assertThat(signal.reason()).isEqualTo(standstill);
        pass(4_000);
        assertThat(signal.reason()).contains("the source is open but sends no new picture");

        assertThat(states).containsExactly(StreamState.LIVE, StreamState.STALE, StreamState.STALE, StreamState.STALE);
        assertThat(signal.since()).isEqualTo(since);
    }

    @Test
    void interrupted_andBackWithinASecond_isLiveThroughout() {
        for (int round = 0; round < 5; round++) {
            live(10, 100);
            signal.interrupted("the other side ended the stream");
            pass(500);
            signal.interrupted("connection refused");
            pass(700);
        }
        assertThat(states).containsExactly(StreamState.LIVE);
    }

    @Test
    void interrupted_andNotBack_isOfflineWithTheLatestReason() {
        live(10, 100);
        signal.interrupted("the other side ended the stream");
        pass(1_000);
        signal.interrupted("connection refused");
        pass(800);
        assertThat(states).containsExactly(StreamState.LIVE, StreamState.OFFLINE);
        assertThat(signal.reason()).contains("connection refused");
    }

    @Test
    void interrupted_ofASlowSource_isOfflineAfterTwoOfItsIntervals() {
        live(5, 3_000);
        signal.interrupted("the server has failed");
        pass(2_800);
        assertThat(signal.state()).isEqualTo(StreamState.LIVE);
        pass(600);
        assertThat(signal.state()).isEqualTo(StreamState.OFFLINE);
    }

    @Test
    void interrupted_pictureFromBefore_isNoSignOfLife() {
        live(10, 100);
        signal.arrived(++seq);
        signal.interrupted("the other side ended the stream");
        pass(1_200);
        signal.shown(seq);
        pass(600);
        assertThat(signal.state()).isEqualTo(StreamState.OFFLINE);
    }

    @Test
    void interrupted_beforeAnyPicture_isOfflineAtOnce() {
        signal.opening();
        signal.interrupted("connection refused");
        assertThat(states).containsExactly(StreamState.OFFLINE);
    }

    @Test
    void lost_isOfflineAtOnce() {
        live(10, 100);
        signal.lost("the sender has left");
        assertThat(states).containsExactly(StreamState.LIVE, StreamState.OFFLINE);
    }

    /** Pictures, each followed by an interval. */
    private void live(int pictures, long interval) {
        for (int i = 0; i < pictures; i++) {
            picture();
            pass(interval);
        }
    }

    private void picture() {
        signal.arrived(++seq);
        signal.shown(seq);
    }

    /** Pictures keep coming, and the pipeline lets none through. */
    private void withhold(long duration) {
        holdUp(duration, signal::withheld);
    }

    /** Pictures keep coming while the pipeline is busy with one. */
    private void holdUp(long duration) {
        holdUp(duration, () -> {});
    }

    private void holdUp(long duration, Runnable withPicture) {
        for (long end = millis + duration; millis < end; ) {
            signal.arrived(++seq);
            withPicture.run();
            pass(Math.min(50, end - millis));
        }
    }

    /** The source waits until its next picture is due. */
    private void rest(long duration) {
        for (long end = millis + duration; millis < end; ) {
            pass(Math.min(TICK_MILLIS, end - millis));
            signal.resting();
        }
    }

    /** Lets time pass, as the watch sees it. */
    private void pass(long duration) {
        long end = millis + duration;
        while (millis < end) {
            millis = Math.min(end, millis + TICK_MILLIS);
            signal.check(standstill);
        }
    }
}
