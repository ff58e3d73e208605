package dev.sightline.bench.lines;

import dev.sightline.testkit.Impairment;
import java.time.Duration;
import java.util.List;

/** A line, as it changes while a viewer watches, and what is wanted of it. */
enum Line {
    /** Nothing is wrong with it. */
    GOOD("good", then(near(), 3), judged("", near(), 10, Wanted.fps(28).age(100))),
    /** Half of what the best rendition needs. */
    HALF(
            "500 kbit/s",
            then(narrow(500), 3),
            judged("after 3 s", narrow(500), 20, Wanted.fps(15).gap(1_000).age(400))),
    /** Less than the middle rendition needs. */
    THIRD("300 kbit/s", then(narrow(300), 3), judged("after 3 s", narrow(300), 20, Wanted.fps(10))),
    /** Hardly more than the least needs. */
    THINNEST("150 kbit/s", then(narrow(150), 3), judged("after 3 s", narrow(150), 20, Wanted.fps(5))),
    /** Less than the least needs. */
    LESS("60 kbit/s", then(narrow(60), 5), judged("after 5 s", narrow(60), 20, Wanted.fps(5))),
    /** It narrows, and widens again. */
    CHANGING(
            "1,000, 300, 1,000 kbit/s",
            then(narrow(1_000), 20),
            then(narrow(300), 2),
            judged("300, after 2 s", narrow(300), 18, Wanted.fps(10)),
            then(narrow(1_000), 10),
            judged("1,000, after 10 s", narrow(1_000), 10, Wanted.fps(15).width(320))),
    /** Hardly less than the best rendition needs. */
    MOST(
            "800 kbit/s",
            then(narrow(800), 3),
            judged("after 3 s", narrow(800), 20, Wanted.fps(28).gap(400))),
    /** As through a tunnel. */
    MTU_1200("above 1,200 bytes lost", judged("", near().swallowingAbove(1_200), 12, Wanted.fps(28))),
    /** As through a tunnel in a tunnel. */
    MTU_1000("above 1,000 bytes lost", judged("", near().swallowingAbove(1_000), 12, Wanted.fps(25))),
    /** Loss throughout, and for a while a far way. */
    SPELL(
            "5 % lost, 4 s of 150 ms",
            then(Impairment.NONE.losing(0.05), 5),
            then(Impairment.NONE.losing(0.05).delaying(Duration.ofMillis(75)), 4),
            then(Impairment.NONE.losing(0.05), 10),
            judged(
                    "10 s after",
                    Impairment.NONE.losing(0.05),
                    10,
                    Wanted.fps(28).age(100))),
    /** Far, with some loss. */
    FAR(
            "60 ms round trip, 2 % lost",
            then(far(30).losing(0.02), 5),
            judged("", far(30).losing(0.02), 10, Wanted.fps(28).age(180))),
    /** Very far, without loss. */
    FARTHEST(
            "200 ms there and back each",
            then(far(200), 10),
            judged("after 10 s", far(200), 10, Wanted.fps(28).width(640))),
    /** Some packets overtake others. */
    REORDERED(
            "5 % come 20 ms late",
            then(near().reordering(0.05, Duration.ofMillis(20)), 5),
            judged(
                    "",
                    near().reordering(0.05, Duration.ofMillis(20)),
                    10,
                    Wanted.fps(28).age(80))),
    /** Each packet takes as long as it likes. */
    JITTER(
            "0 to 30 ms, in no order",
            then(near().reordering(1, Duration.ZERO).jittering(Duration.ofMillis(30)), 5),
            judged(
                    "",
                    near().reordering(1, Duration.ZERO).jittering(Duration.ofMillis(30)),
                    10,
                    Wanted.fps(28).age(200))),
    /** For a while half is lost. */
    HALF_LOST(
            "2 s of 50 % lost",
            then(near(), 4),
            judged("while lost", near().losing(0.5), 2, Wanted.NOTHING.gap(700)),
            then(near(), 2),
            judged("2 s after", near(), 6, Wanted.fps(28).gap(300)));

    private final String description;
    private final List<Phase> phases;

    Line(String description, Phase... phases) {
        this.description = description;
        this.phases = List.of(phases);
    }

    /** For people. */
    String description() {
        return description;
    }

    /** One after the other. */
    List<Phase> phases() {
        return phases;
    }

    /** How long all of it takes. */
    int seconds() {
        return phases.stream().mapToInt(Phase::seconds).sum();
    }

    private static Impairment near() {
        return far(10);
    }

    private static Impairment far(int millis) {
        return Impairment.NONE.delaying(Duration.ofMillis(millis));
    }

    private static Impairment narrow(int kilobits) {
        return near().narrowing(kilobits * 1_000.0, Duration.ofMillis(200));
    }

    private static Phase then(Impairment down, int seconds) {
        return new Phase("", down, seconds, false, Wanted.NOTHING);
    }

    private static Phase judged(String name, Impairment down, int seconds, Wanted wanted) {
        return new Phase(name, down, seconds, true, wanted);
    }

    /**
     * A span of time in which the line stays as it is.
     *
     * @param name for people, of one that is judged
     * @param down what happens to what the server sends; what the viewer sends is only delayed as long
     * @param judged whether it is measured
     */
    record Phase(String name, Impairment down, int seconds, boolean judged, Wanted wanted) {}

    /** At least these pictures a second, at most this gap and age in milliseconds, at least this width; 0: whatever it is. */
    record Wanted(int fps, int gap, int age, int width) {
        static final Wanted NOTHING = new Wanted(0, 0, 0, 0);

        static Wanted fps(int least) {
            return new Wanted(least, 0, 0, 0);
        }

        Wanted gap(int most) {
            return new Wanted(fps, most, age, width);
        }

        Wanted age(int most) {
            return new Wanted(fps, gap, most, width);
        }

        Wanted width(int least) {
            return new Wanted(fps, gap, age, least);
        }
    }
}
