import { equal, ok } from 'node:assert/strict';
import { ServerClock } from '#web/player/server-clock.js';
import { withServer } from './local-server.js';
import { test } from './timed-test.js';

/** Waits until the clocks have been compared. @param {ServerClock} clock */
async function compared(clock) {
    clock.keep();
    while (clock.uncertainty === Infinity) {
        await new Promise((resolve) => setImmediate(resolve));
    }
}

test('the clock knows the server’s time, as exactly as it says', async () => {
    await withServer(5_000, async (base) => {
        const clock = new ServerClock(base);
        await compared(clock);
        ok(Math.abs(clock.offset - 5_000) <= clock.uncertainty, `${clock.offset} ± ${clock.uncertainty}`);
        ok(Math.abs(clock.now() - performance.timeOrigin - performance.now() - clock.offset) < 1_000);
    });
});

test('clocks are compared by five round trips, and not again at once', async () => {
    await withServer(0, async (base, asked) => {
        const clock = new ServerClock(base);
        await compared(clock);
        clock.keep();
        equal(await clock.isThere(), true);
        equal(asked(), 6);
    });
});

test('after a doubt, clocks are compared again at once', async () => {
    await withServer(0, async (base, asked) => {
        const clock = new ServerClock(base);
        await compared(clock);
        clock.doubt();
        clock.keep();
        let own = 0;
        while (own < 100 && asked() === 5 + own) {
            await clock.isThere();
            own++;
        }
        ok(asked() > 5 + own, `${asked()} questions, ${own} of them ours`);
    });
});

/** A page's time of which each look takes a while: so long lasts half of a round trip. */
function slowTime() {
    let time = 0;
    const slow = { step: 0, pass: (/** @type {number} */ by) => void (time += by), now: () => (time += slow.step) };
    return slow;
}

/** Compares once more, and says how far the clock may be wrong then. @param {ServerClock} clock @param {() => number} asked */
async function again(clock, asked) {
    const before = asked();
    clock.keep();
    while (asked() < before + 5) {
        await new Promise((resolve) => setImmediate(resolve));
    }
    await clock.isThere(); // by then the last answer has been read
    return clock.uncertainty;
}

test('clocks are compared again soon, and the surer comparison counts', async () => {
    await withServer(0, async (base, asked) => {
        const time = slowTime();
        const clock = new ServerClock(base, time.now);
        time.step = 80;
        equal(await again(clock, asked), 40, 'while the page loads');
        time.step = 4;
        time.pass(2_001);
        equal(await again(clock, asked), 2);
        time.step = 80;
        time.pass(4_001);
        equal(await again(clock, asked), 2, 'the one before was surer');
    });
});

test('a comparison of a minute ago counts no longer, since clocks drift', async () => {
    await withServer(0, async (base, asked) => {
        const time = slowTime();
        const clock = new ServerClock(base, time.now);
        time.step = 4;
        equal(await again(clock, asked), 2);
        time.step = 80;
        time.pass(60_001);
        equal(await again(clock, asked), 40);
    });
});

test('a server that answers with an error is not there', async () => {
    await withServer(0, async (base) => equal(await new ServerClock(base).isThere(), false), 502);
});

test('a server that does not listen is not there', async () => {
    let gone = '';
    await withServer(0, async (base) => void (gone = base));
    equal(await new ServerClock(gone).isThere(), false);
});

test('all of a page share the clock of a server', () => {
    equal(ServerClock.of('http://a/'), ServerClock.of('http://a/'));
    ok(ServerClock.of('http://a/') !== ServerClock.of('http://b/'));
});
