import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { explain } from '#web/publish/camera.js';
import { Flow } from '#web/publish/flow.js';
import { PublisherStatus } from '#web/publish/publisher-status.js';
import { situation } from '#web/publish/situation.js';
import { ManualClock } from './manual-clock.js';
import { test } from './timed-test.js';

/** A flow that has sent pictures of 1000 bytes, the first as number 1, each captured at its number. @param {number} count */
function sent(count) {
    const clock = new ManualClock();
    const flow = new Flow(clock.now);
    for (let seq = 1; seq <= count; seq++) {
        flow.sent(seq, seq, 1_000);
        clock.pass(20);
    }
    return { clock, flow };
}

test('two pictures may be on their way, and no third', () => {
    equal(sent(1).flow.ready, true);
    equal(sent(2).flow.ready, false);
});

test('an answer makes room, and settles the pictures before its own', () => {
    const { flow } = sent(2);
    equal(flow.answered({ seq: 2, captureTime: 2 }), true);
    equal(flow.ready, true);
    equal(flow.lost, 1);
});

test('an answer to another sender’s picture is none', () => {
    const { flow } = sent(2);
    equal(flow.answered({ seq: 2, captureTime: 77 }), false);
    equal(flow.answered({ seq: 3, captureTime: 3 }), false);
    equal(flow.ready, false);
});

test('a picture without an answer is lost after three seconds', () => {
    const { flow, clock } = sent(2);
    clock.pass(2_960);
    equal(flow.ready, false);
    clock.pass(1);
    equal(flow.ready, true);
    equal(flow.lost, 1);
});

test('on a new connection, what was on its way is lost', () => {
    const { flow } = sent(2);
    flow.startOver();
    deepEqual([flow.ready, flow.lost, flow.sentRate], [true, 2, 0]);
});

test('round trip, rates and bits are those of the last two seconds', () => {
    const { flow } = sent(2);
    flow.answered({ seq: 1, captureTime: 1 });
    flow.answered({ seq: 2, captureTime: 2 });
    deepEqual([flow.roundTrip, flow.sentRate, flow.bitsPerSecond], [30, 50, 400_000]);
    ok(Number.isNaN(sent(1).flow.roundTrip));
});

/** A status, and how often it has changed. */
function status() {
    const clock = new ManualClock();
    const changes = { count: 0 };
    return { clock, changes, status: new PublisherStatus(() => changes.count++, clock.now) };
}

test('answers make it live, and two seconds without one silent', () => {
    const { status: one, clock } = status();
    one.begin();
    one.look();
    equal(one.phase, 'connecting');
    one.answered();
    clock.pass(2_000);
    one.look();
    equal(one.phase, 'live');
    clock.pass(1);
    one.look();
    equal(one.phase, 'silent');
});

test('only what is new is told', () => {
    const { status: one, changes } = status();
    one.answered();
    one.answered();
    equal(changes.count, 1);
});

test('a name held by this page’s own lost connection is waited for, for seven seconds', () => {
    const { status: one, clock } = status();
    one.answered();
    one.lost('reconnecting', 'gone');
    deepEqual([one.phase, one.reason], ['reconnecting', '']);
    clock.pass(6_999);
    one.lost('taken', '');
    deepEqual([one.phase, one.reason], ['reconnecting', 'the server still waits for the lost connection']);
    clock.pass(1);
    one.lost('taken', 'somebody sends');
    deepEqual([one.phase, one.reason], ['taken', 'somebody sends']);
});

test('the server’s complaints and the steps in trouble are kept', () => {
    const { status: one } = status();
    one.answered();
    one.heard({ type: 'error', detail: 'no JPEG' });
    one.heard({ type: 'state', processors: [{ name: 'faces', state: 'OFF' }] });
    deepEqual([one.phase, one.reason, one.troubles], ['live', 'no JPEG', ['faces is off']]);
    one.begin();
    deepEqual([one.reason, one.troubles], ['', []]);
});

/** @param {import('#web/publish/publisher-status.js').Phase} phase @param {string} [reason] */
const said = (phase, reason = '') => situation({ wanted: true, status: { phase, reason }, lostAt: 0 });

test('before Start and before the camera is open, that is what is said', () => {
    equal(situation({ wanted: false, lostAt: 0 }).word, 'not sending');
    equal(situation({ wanted: true, lostAt: 0 }).word, 'opening…');
});

test('every phase has its word, and the server’s reason goes before our own', () => {
    const words = {
        live: 'live', silent: 'waiting', connecting: 'connecting…', reconnecting: 'reconnecting…', blocked: 'blocked', taken: 'taken',
        missing: 'unknown', over: 'ended', refused: 'refused',
    };
    for (const phase of /** @type {(keyof typeof words)[]} */ (Object.keys(words))) {
        equal(said(phase).word, words[phase]);
        equal(said(phase, 'because').text, 'because');
    }
    match(said('silent').text, /^nothing has come back since .*\d\d:\d\d:\d\d$/);
    match(said('reconnecting').text, /^the server is away since /);
    equal(said('missing').text, 'there is no such stream');
    equal(said('refused').text, 'the server takes no pictures here');
});

test('why a camera does not open is explained, with what to do', () => {
    /** @param {string} name @param {string} [message] */
    const failure = (name, message = '') => explain({ name, message });
    equal(failure('NotAllowedError').title, 'The camera was refused');
    equal(failure('NotFoundError').title, 'No camera was found');
    equal(failure('NotReadableError', 'device busy').text, 'Another program or tab may have it (device busy).');
    equal(failure('OverconstrainedError').title, 'That camera is gone');
    equal(failure('OddError').text, 'OddError');
    equal(explain(undefined).text, 'The browser gives no reason.');
    ok(['NotAllowedError', 'NotFoundError', 'AbortError', 'OverconstrainedError', 'x'].every((name) => failure(name).steps.length > 0));
});
