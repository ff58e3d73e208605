import { deepEqual, equal } from 'node:assert/strict';
import { PlaybackStatus } from '#web/player/playback-status.js';
import { timeOfDay } from '#web/player/words.js';
import { ManualClock } from './manual-clock.js';
import { test } from './timed-test.js';

/** @typedef {import('#web/player/header.js').Header} Header */

/** @param {Record<string, any>} [metadata] @returns {Header} */
const picture = (metadata = {}) => ({ seq: 1, captureTime: 500_000, width: 2, height: 2, codec: 'mjpeg', metadata });

/** A status that is connected to a stream in this state. @param {import('#web/player/words.js').State} [state] @param {object} [more] */
function connected(state = 'LIVE', more = {}) {
    const clock = new ManualClock();
    const status = new PlaybackStatus(clock.now, () => 1_000_000 + clock.time);
    status.start();
    status.opened();
    status.heard({ state, lastPicture: 'before', ...more });
    return { clock, status };
}

test('before it starts it is paused, then it connects until the server says how the stream is', () => {
    const status = new PlaybackStatus();
    deepEqual([status.situation.word, status.telling], ['paused', false]);
    status.start();
    status.opened();
    deepEqual([status.situation.word, status.telling], ['connecting…', true]);
});

test('a live stream is told over the picture until the first picture is there', () => {
    const { status } = connected();
    equal(status.situation.word, 'live');
    equal(status.telling, true);
    equal(status.painted(picture()), true);
    equal(status.telling, false);
    equal(status.painted(picture()), false);
});

test('a stream that is not live is told over its last picture, but a slate tells it itself', () => {
    const { status } = connected('STALE');
    status.painted(picture());
    equal(status.telling, true);
    status.painted(picture({ state: 'STALE' }));
    equal(status.telling, false);
});

test('a slate of a stream that never had a picture is not shown', () => {
    const { status } = connected('OFFLINE', { lastPicture: undefined });
    status.painted(picture({ state: 'OFFLINE' }));
    deepEqual([status.blank, status.telling], [true, true]);
});

test('a live stream that falls silent is waiting, after two seconds', () => {
    const { status, clock } = connected();
    status.arrived();
    clock.pass(40);
    status.arrived();
    clock.pass(2_000);
    equal(status.situation.word, 'live');
    clock.pass(1);
    deepEqual(status.situation, { word: 'waiting', tone: 'waiting', text: `no picture since ${timeOfDay(1_001_040)}` });
});

test('before a second picture it is patient: the source may be a slow one', () => {
    const { status, clock } = connected();
    status.arrived();
    clock.pass(10_000);
    equal(status.situation.word, 'live');
    clock.pass(1);
    equal(status.situation.word, 'waiting');
});

test('a slow stream is silent after five of its intervals', () => {
    const { status, clock } = connected();
    status.arrived();
    clock.pass(1_000);
    status.arrived();
    clock.pass(5_000);
    equal(status.situation.word, 'live');
    clock.pass(1);
    equal(status.situation.word, 'waiting');
});

test('a slow stream that becomes fast is taken for one by and by', () => {
    const { status, clock } = connected();
    status.arrived();
    clock.pass(4_000);
    status.arrived();
    clock.pass(40);
    status.arrived();
    clock.pass(15_000);
    equal(status.situation.word, 'live', 'of two intervals the longer counts');
    for (let i = 0; i < 20; i++) {
        status.arrived();
        clock.pass(40);
    }
    clock.pass(2_100);
    equal(status.situation.word, 'waiting');
});

test('a stream that freezes for long is not taken for a slow one', () => {
    const { status, clock } = connected();
    for (const pause of [33, 33, 33, 33, 33, 7_700, 33, 33, 8_000, 33]) {
        status.arrived();
        clock.pass(pause);
    }
    status.arrived();
    clock.pass(2_001);
    equal(status.situation.word, 'waiting');
});

test('a lost server is away since it was lost, however often that is told', () => {
    const { status, clock } = connected();
    status.lost('reconnecting', '');
    const { text } = status.situation;
    clock.pass(60_000);
    status.lost('reconnecting', '');
    equal(status.situation.text, text);
    equal(text, `the server is away since ${timeOfDay(1_001_000)}`);
});

test('each trouble has its word, and the server’s reason goes before our own', () => {
    const { status } = connected();
    /** @param {import('#web/player/connection.js').Trouble} trouble @param {string} reason */
    const said = (trouble, reason) => {
        status.lost(trouble, reason);
        return [status.situation.word, status.situation.text];
    };
    deepEqual(said('missing', ''), ['unknown', 'there is no such stream']);
    deepEqual(said('missing', 'no stream camm'), ['unknown', 'no stream camm']);
    deepEqual(said('blocked', 'no UDP'), ['blocked', 'no UDP']);
    deepEqual(said('refused', ''), ['refused', 'it cannot be watched here']);
    equal(said('over', '')[0], 'ended');
    equal(status.dismissed, false);
    deepEqual(said('disconnected', 'by the operator'), ['disconnected', 'by the operator']);
    equal(status.dismissed, true);
    status.stop();
    equal(status.dismissed, false);
});

test('a stream has no signal since its last picture, not since that was noticed', () => {
    const { status } = connected('STALE', { since: new Date(600_000).toISOString() });
    status.painted(picture());
    equal(status.situation.text, `no picture since ${timeOfDay(500_000)}`);
});

test('a picture of before a lost connection is no longer fresh', () => {
    const { status } = connected();
    status.painted(picture());
    status.lost('reconnecting', '');
    status.opened();
    equal(status.telling, true);
    equal(status.painted(picture()), true);
});

test('steps in trouble are told while it is connected', () => {
    const { status } = connected('LIVE', { processors: [{ name: 'faces', state: 'OFF' }] });
    deepEqual(status.troubles, ['faces is off']);
    status.lost('reconnecting', '');
    deepEqual(status.troubles, []);
});
