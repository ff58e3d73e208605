package dev.sightline.bench.fanout;

import java.util.function.Consumer;

/** What can be measured. */
enum Scenario {
    /** Good viewers of one stream, against the floor. */
    DEFAULT(lab -> new Comparison(lab).run(), 2),
    /** A thousand viewers of small pictures. */
    THOUSAND(lab -> new Thousand(lab).run(), 0),
    /** Good viewers beside one who has stopped reading and one who reads slowly. */
    MIXED(lab -> new Mixed(lab).run(), 1),
    /** Memory over a long time. */
    SOAK(lab -> new Soak(lab).run(), 1),
    /** Memory while some have stopped reading. */
    STOPPED(lab -> new Stopped(lab).run(), 1);

    private final Consumer<Lab> experiment;
    private final int crowd;

    Scenario(Consumer<Lab> experiment, int crowd) {
        this.experiment = experiment;
        this.crowd = crowd;
    }

    void run(Lab lab) {
        experiment.accept(lab);
    }

    /** The most viewers it has at the same time, where the command line names so many. */
    int viewers(int named) {
        return this == THOUSAND ? Thousand.VIEWERS : named * crowd;
    }
}
