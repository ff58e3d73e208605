package dev.sightline.transport.webrtc.congestion;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

/**
 * What was sent to Chromium through a relay, and what Chromium told of it, in the resources {@code recorded/NAME.txt}: a line is
 * {@code s MICROS SEQ COUNT BYTES} (sent together), {@code f MICROS SEQ ARRIVALS} (feedback; each arrival in ticks after the one
 * before, {@code -} for a lost packet) or {@code r MICROS MICROS} (a round trip). The estimate decided then what was sent, so it
 * has to come out as it did.
 */
class RecordedLinesTest {
    private static final long MICRO = 1_000;

    @Test
    void lineOf500kbit_isFoundAtOnce_andHeld() throws IOException {
        List<Estimate> estimates = replay("500-kbit");

        assertThat(between(estimates, 1, 23)).allMatch(each -> each.within(350_000, 650_000));
        assertThat(median(between(estimates, 1, 23))).isBetween(420_000L, 550_000L);
    }

    /** It narrows after 20 s, and widens after another 20. */
    @Test
    void lineThatNarrowsAndWidens_isFollowedWithinTwoSeconds() throws IOException {
        List<Estimate> estimates = replay("1000-300-1000-kbit");

        assertThat(between(estimates, 4, 20)).allMatch(each -> each.within(600_000, 1_050_000));
        assertThat(between(estimates, 22, 40)).allMatch(each -> each.within(130_000, 300_000));
        assertThat(between(estimates, 43, 60)).allMatch(each -> each.within(600_000, 1_050_000));
    }

    /** For four seconds each way takes 75 ms more, which looks like a queue; what is lost by chance all the time does not. */
    @Test
    void wideLineThatLosesAtRandom_isNotTakenForANarrowOne() throws IOException {
        List<Estimate> estimates = replay("5-percent-lost");

        assertThat(between(estimates, 2, 5)).allMatch(each -> each.bitsPerSecond() > 2_000_000);
        assertThat(between(estimates, 16, 29)).allMatch(each -> each.bitsPerSecond() > 2_000_000);
    }

    private static List<Estimate> between(List<Estimate> estimates, int from, int to) {
        LongPredicate within = micros -> micros >= from * 1_000_000L && micros < to * 1_000_000L;
        return estimates.stream().filter(each -> within.test(each.micros())).toList();
    }

    private static long median(List<Estimate> estimates) {
        return estimates.stream()
                .mapToLong(Estimate::bitsPerSecond)
                .sorted()
                .skip(estimates.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    private static List<Estimate> replay(String name) throws IOException {
        BandwidthEstimator estimator = new BandwidthEstimator(2_000_000);
        List<Estimate> estimates = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(RecordedLinesTest.class.getResourceAsStream("recorded/" + name + ".txt")),
                StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ");
                long micros = Long.parseLong(words[1]);
                switch (words[0]) {
                    case "s" ->
                        estimator.sent(
                                Long.parseLong(words[2]),
                                Integer.parseInt(words[3]),
                                Integer.parseInt(words[4]),
                                micros * MICRO);
                    case "r" -> estimator.roundTrip(Long.parseLong(words[2]) * MICRO);
                    default -> {
                        estimator.feedback(feedback(words), micros * MICRO);
                        estimates.add(new Estimate(micros, estimator.bitsPerSecond()));
                    }
                }
            }
        }
        return estimates;
    }

    private static TransportFeedback feedback(String[] words) {
        long[] arrivals = new long[words.length - 3];
        long before = 0;
        for (int i = 0; i < arrivals.length; i++) {
            String word = words[i + 3];
            arrivals[i] = word.equals("-") ? TransportFeedback.LOST : before + Long.parseLong(word);
            before = word.equals("-") ? before : arrivals[i];
        }
        return new TransportFeedback(Integer.parseInt(words[2]), arrivals);
    }

    private record Estimate(long micros, long bitsPerSecond) {
        boolean within(long least, long most) {
            return bitsPerSecond >= least && bitsPerSecond <= most;
        }
    }
}
