import { deepEqual, equal } from 'node:assert/strict';
import { Identities } from '#web/player/identities.js';
import { test } from './timed-test.js';

/** Identities, and which picture (by number and time) was matched so far. */
function matching() {
    /** @type {string[]} */
    const matched = [];
    /** What is known of the picture on the screen, from one to the next. @type {(number | undefined)[]} */
    const screen = [];
    const identities = new Identities(({ seq }, { at }, current) => {
        matched.push(`${seq}@${at}`);
        screen.push(current ? seq : undefined);
    }, () => screen.push(undefined));
    return {
        matched,
        screen,
        identities,
        /** The server says what picture has that number. @param {number} seq */
        say: (seq) => identities.add({ seq, captureTime: 0, rtpTimestamp: (90 * seq) >>> 0, metadata: {} }),
        /** The screen shows it. @param {number} seq @param {number} at */
        show: (seq, at) => identities.shown({ rtpTimestamp: (90 * seq) >>> 0, width: 1, height: 1, exact: true, at }),
    };
}

test('a picture is matched whether its identity comes before or after it', () => {
    const { matched, say, show } = matching();
    say(1); say(2); show(1, 10); show(2, 20);
    show(3, 30); say(3);
    deepEqual(matched, ['1@10', '2@20', '3@30']);
});

test('pictures are matched in order: one before a known one gets no identity any more', () => {
    const { matched, identities, say, show } = matching();
    show(3, 30); show(4, 40); say(4); say(3);
    deepEqual(matched, ['4@40']);
    equal(identities.unnamed, 1);
});

test('a picture that comes again some ticks later, as another rendition, is matched once', () => {
    const { matched, identities, say, show } = matching();
    say(7); show(7, 70); show(7 + 1 / 90, 71); show(7 + 2 / 90, 72); say(8); show(8 + 1 / 90, 80);
    deepEqual(matched, ['7@70', '8@80']);
    equal(identities.unnamed, 0);
});

test('a picture more ticks later is another one', () => {
    const { matched, say, show } = matching();
    say(7); show(7 + 5 / 90, 70);
    deepEqual(matched, []);
});

test('of pictures that wait in vain, the oldest are given up and counted', () => {
    const { identities, show } = matching();
    for (let i = 0; i < 20; i++) {
        show(100 + i, i);
    }
    equal(identities.unnamed, 12);
    equal(identities.waitingSince, 12);
});

test('without an RTP timestamp the newest identity is taken, once', () => {
    const { matched, identities, say } = matching();
    say(1); say(2);
    identities.shown({ rtpTimestamp: undefined, width: 1, height: 1, exact: true, at: 5 });
    identities.shown({ rtpTimestamp: undefined, width: 1, height: 1, exact: true, at: 6 });
    deepEqual(matched, ['2@5']);
    equal(identities.unnamed, 1);
});

test('RTP timestamps may wrap around', () => {
    const { matched, identities } = matching();
    identities.add({ seq: 1, captureTime: 0, rtpTimestamp: 0xffff_ffff, metadata: {} });
    identities.shown({ rtpTimestamp: 1, width: 1, height: 1, exact: true, at: 10 });
    deepEqual(matched, ['1@10']);
});

test('identities of pictures that never come are forgotten, the oldest first', () => {
    const { matched, say, show } = matching();
    for (let seq = 1; seq <= 257; seq++) {
        say(seq);
    }
    show(1, 10); show(2, 20);
    deepEqual(matched, ['2@20']);
});

test('nothing waits while every picture is known', () => {
    const { identities, say, show } = matching();
    say(1); show(1, 10);
    equal(identities.waitingSince, Infinity);
});

test('the picture on the screen is known at once, or as soon as its identity is here', () => {
    const { screen, say, show } = matching();
    say(1); show(1, 10); show(2, 20); say(2);
    deepEqual(screen, [1, undefined, 2]);
});

test('an identity that comes when a newer picture is on the screen is not of that one', () => {
    const { matched, screen, say, show } = matching();
    show(1, 10); show(2, 20); say(1);
    deepEqual(matched, ['1@10']);
    deepEqual(screen, [undefined, undefined, undefined]);
    say(2);
    deepEqual(screen.slice(3), [2]);
});

test('what is known of a picture stays known while it comes again', () => {
    const { screen, say, show } = matching();
    say(7); show(7, 70); show(7, 71); show(7 + 2 / 90, 72);
    deepEqual(screen, [7]);
});

test('a timestamp may be rounded down by a tick, but not by two', () => {
    const { screen, say, show } = matching();
    say(7); show(7 - 1 / 90, 70); show(7 - 1 / 90, 71); show(7, 72);
    say(9); show(9 - 2 / 90, 90);
    deepEqual(screen, [7, undefined]);
});

test('a picture that may be another one than is seen is matched, but not known to be on the screen', () => {
    const { matched, screen, identities, say } = matching();
    say(1);
    identities.shown({ rtpTimestamp: 90, width: 1, height: 1, at: 5, exact: false });
    deepEqual([matched, screen], [['1@5'], [undefined]]);
});

test('a guess is never known to be on the screen', () => {
    const { screen, identities, say } = matching();
    say(1);
    identities.shown({ rtpTimestamp: undefined, width: 1, height: 1, at: 5, exact: true });
    identities.shown({ rtpTimestamp: undefined, width: 1, height: 1, at: 6, exact: true });
    deepEqual(screen, [undefined, undefined]);
});

/** A picture that is shown only when it is known; what happens to it is noted. @param {string[]} events @param {number} seq */
const held = (events, seq) => ({
    show: (/** @type {boolean} */ known) => {
        events.push(`${seq}${known ? '' : ' bare'}`);
        return 1_000 + seq;
    },
    drop: () => void events.push(`${seq} dropped`),
});

/** Pictures that are held, 30 a second, and what becomes of them. */
function holding() {
    /** @type {string[]} */
    const events = [];
    const { matched, screen, identities, say } = matching();
    return {
        events,
        matched,
        screen,
        identities,
        say,
        /** @param {number} seq */
        take: (seq) => identities.shown({
            rtpTimestamp: 90 * seq, width: 1, height: 1, exact: true, at: seq / 0.03, held: held(events, seq),
        }),
    };
}

test('a picture that is held is shown when it is known, and until then the one before stays', () => {
    const { events, matched, screen, say, take } = holding();
    say(1); take(1); take(2); take(3);
    deepEqual([events, screen], [['1'], [1]]);
    say(2);
    deepEqual([events, screen], [['1', '2'], [1, 2]]);
    say(3);
    deepEqual(events, ['1', '2', '3']);
    deepEqual(matched, ['1@1001', '2@1002', '3@1003'], 'since when they are seen');
});

test('pictures held before one that is known are not shown any more', () => {
    const { events, screen, identities, say, take } = holding();
    take(1); take(2); take(3); say(3);
    deepEqual([events, screen, identities.unnamed], [['1 dropped', '2 dropped', '3'], [3], 2]);
});

test('where more are held than there is room for, the oldest goes on and the newest stays', () => {
    const { events, screen, say, take } = holding();
    for (let seq = 1; seq <= 12; seq++) {
        take(seq);
    }
    deepEqual(events, ['8 dropped', '9 dropped', '10 dropped', '11 dropped']);
    say(1); say(2); say(12);
    deepEqual(screen, [1, 2, 12]);
});

test('after a second nothing is held until pictures are known in time again', () => {
    const { events, screen, identities, say, take } = holding();
    take(1); take(20); identities.look(1_020);
    deepEqual(events, [], 'in good time');
    identities.look(1_040);
    deepEqual([events, screen], [['1 dropped', '20 bare'], [undefined]]);
    take(40); take(60); say(20);
    deepEqual([events.slice(2), screen.slice(1)], [['40 bare', '60 bare'], [undefined, undefined, undefined]]);
    say(60); take(61);
    deepEqual([events.slice(4), screen.slice(4)], [[], [60]], 'and 61 is held');
});

test('a picture that is held behind one that is not is shown after a second too', () => {
    const { events, identities, take } = holding();
    identities.shown({ rtpTimestamp: 90, width: 1, height: 1, exact: false, at: 0 });
    take(2); identities.look(1_080);
    deepEqual(events, ['2 bare']);
});

test('one that cannot be shown any more is not on the screen', () => {
    const { screen, identities, say } = matching();
    identities.shown({ rtpTimestamp: 90, width: 1, height: 1, exact: true, at: 5, held: { show: () => undefined, drop: () => {} } });
    say(1);
    deepEqual(screen, [undefined]);
});
