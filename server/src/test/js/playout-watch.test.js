import { equal } from 'node:assert/strict';
import { PlayoutWatch } from '#web/player/playout-watch.js';
import { ManualClock } from './manual-clock.js';
import { test } from './timed-test.js';

/** What is said after some seconds with figures like these, four a second. */
function watch() {
    const clock = new ManualClock();
    const watch = new PlayoutWatch(clock.now);
    return {
        /** @param {number} seconds @param {{buffered?: number, roundTrip?: number, packetsLost?: number}} figures */
        after(seconds, { buffered = 20, roundTrip = 10, packetsLost = 0 }) {
            for (let i = 0; i < 4 * seconds; i++) {
                watch.counted({ buffered, roundTrip, packetsLost });
                clock.pass(250);
            }
            return watch.late;
        },
    };
}

test('pictures that wait long for five seconds, though nothing is lost, are late', () => {
    const { after } = watch();
    equal(after(10, {}), false);
    equal(after(4.75, { buffered: 300 }), false);
    equal(after(0.25, { buffered: 300 }), true);
    equal(after(0.25, { buffered: 30 }), false);
});

test('repairs take round trips, and pictures wait for them', () => {
    const { after } = watch();
    equal(after(10, { buffered: 480, roundTrip: 100 }), false);
    equal(after(10, { buffered: 520, roundTrip: 100 }), true);
});

test('where packets are lost, pictures have to wait', () => {
    const { after } = watch();
    for (let packetsLost = 1; packetsLost < 20; packetsLost++) {
        equal(after(1, { buffered: 300, packetsLost }), false);
    }
    equal(after(4, { buffered: 300, packetsLost: 19 }), true);
});

test('a browser that does not tell how long pictures wait is left alone', () => {
    const { after } = watch();
    equal(after(60, { buffered: NaN, roundTrip: NaN }), false);
});
