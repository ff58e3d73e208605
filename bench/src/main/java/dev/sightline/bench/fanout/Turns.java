package dev.sightline.bench.fanout;

import java.time.Duration;

/** Lets both servers have the machine in turns: who is not measured stands still. */
final class Turns {
    private final Lab lab;
    private final Server sightline;
    private final Server floor;
    private boolean floorFirst;

    /** Both are to be running. */
    Turns(Lab lab, Server sightline, Server floor) {
        this.lab = lab;
        this.sightline = sightline;
        this.floor = floor;
    }

    /** The same load on both; who begins changes each time. */
    Pair each(int viewers, Duration length) {
        floorFirst = !floorFirst;
        if (floorFirst) {
            Sample least = alone(floor, sightline, viewers, length);
            return new Pair(alone(sightline, floor, viewers, length), least);
        }
        return new Pair(alone(sightline, floor, viewers, length), alone(floor, sightline, viewers, length));
    }

    private Sample alone(Server measured, Server other, int viewers, Duration length) {
        other.pause();
        try {
            return lab.sample(measured, viewers, length);
        } finally {
            other.resume();
        }
    }
}
