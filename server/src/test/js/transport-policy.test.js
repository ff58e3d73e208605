import { deepEqual, equal } from 'node:assert/strict';
import { named } from '#web/player/transport.js';
import { TransportPolicy } from '#web/player/transport-policy.js';
import { ManualClock } from './manual-clock.js';
import { test } from './timed-test.js';

/** @typedef {import('#web/player/transport.js').TransportName} TransportName */

/** @type {TransportName[]} */
const ALL = ['webrtc', 'websocket', 'mjpeg'];

let servers = 0;

/** A policy for a server that no other test knows. @param {TransportName[]} names */
function policy(names = ALL) {
    const clock = new ManualClock();
    const server = `http://server-${servers++}/`;
    return { clock, server, policy: new TransportPolicy(server, names, clock.now) };
}

test('the best transport comes first, and the next one after it', () => {
    const { policy: all } = policy();
    equal(all.first, 'webrtc');
    equal(all.next('webrtc'), 'websocket');
    equal(all.next('mjpeg'), undefined);
    deepEqual(all.better('mjpeg'), ['webrtc', 'websocket']);
});

test('a blocked transport is passed over, and says why', () => {
    const { policy: all } = policy();
    all.block('webrtc', 'no UDP');
    equal(all.first, 'websocket');
    equal(all.reason('webrtc'), 'no UDP');
    equal(all.reason('websocket'), undefined);
});

test('where all are blocked, the last one is used', () => {
    const { policy: all } = policy();
    ALL.forEach((name) => all.block(name, 'nothing gets through'));
    equal(all.first, 'mjpeg');
});

test('what one player finds blocked, the others of the same server know', () => {
    const { policy: first, server, clock } = policy();
    first.block('webrtc', 'no UDP');
    equal(new TransportPolicy(server, ALL, clock.now).first, 'websocket');
    equal(policy().policy.first, 'webrtc');
});

test('a blocked transport is tried again after a minute, then after twice as long, at last every ten minutes', () => {
    const { policy: all, clock } = policy();
    const pauses = [1, 2, 3, 4, 5, 6].map(() => {
        all.block('webrtc', 'no UDP');
        const pause = all.retryIn('websocket');
        clock.pass(pause);
        return pause;
    });
    deepEqual(pauses, [60_000, 120_000, 240_000, 480_000, 600_000, 600_000]);
});

test('a transport that has played begins with a minute again', () => {
    const { policy: all } = policy();
    all.block('webrtc', 'no UDP');
    all.block('webrtc', 'no UDP');
    all.unblock('webrtc');
    equal(all.first, 'webrtc');
    all.block('webrtc', 'no UDP');
    equal(all.retryIn('websocket'), 60_000);
});

test('a better transport that is not blocked is tried as soon as the network has settled', () => {
    const { policy: all } = policy();
    equal(all.retryIn('websocket'), 1_000);
});

test('beside the best transport none is tried', () => {
    const { policy: all } = policy();
    equal(all.retryIn('webrtc'), Infinity);
    equal(all.candidate('webrtc'), undefined);
});

test('of the better ones that which is due is tried, else the best', () => {
    const { policy: all, clock } = policy();
    all.block('webrtc', 'no UDP');
    equal(all.candidate('mjpeg'), 'websocket');
    all.block('websocket', 'a proxy');
    equal(all.candidate('mjpeg'), 'webrtc');
    all.block('webrtc', 'no UDP');
    clock.pass(60_000);
    equal(all.candidate('mjpeg'), 'websocket');
    clock.pass(60_000);
    equal(all.candidate('mjpeg'), 'webrtc');
});

test('a page may restrict the transports, in its own order', () => {
    deepEqual(named('mjpeg, WebSocket'), ['mjpeg', 'websocket']);
    deepEqual(named('webrtc|mjpeg'), ['webrtc', 'mjpeg']);
    const { policy: some } = policy(named('websocket mjpeg'));
    equal(some.first, 'websocket');
    equal(some.retryIn('websocket'), Infinity);
});

test('a page that names no transport gets all', () => {
    deepEqual(named(''), ALL);
    deepEqual(named('quic'), ALL);
});
