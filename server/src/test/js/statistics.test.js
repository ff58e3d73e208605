import { deepEqual, equal, ok } from 'node:assert/strict';
import { split } from '#web/player/latency-split.js';
import { Percentiles } from '#web/player/percentiles.js';
import { ReceiverStatistics } from '#web/player/receiver-statistics.js';
import { Statistics } from '#web/player/statistics.js';
import { ManualClock } from './manual-clock.js';
import { test } from './timed-test.js';

const HEADER = { seq: 1, captureTime: 0, width: 1, height: 1, codec: '', metadata: {} };

/** Statistics of pictures that came in these intervals, in milliseconds. @param {number[]} intervals */
function played(...intervals) {
    const clock = new ManualClock();
    const statistics = new Statistics(clock.now);
    intervals.forEach((interval, i) => {
        clock.pass(interval);
        statistics.arrived(i + 1, 1_000);
        statistics.shown(100 + i);
        statistics.measured({ ...HEADER, times: { source: 1, pipeline: i }, arrivedAt: 40 }, 100 + i, 60);
    });
    return { clock, statistics };
}

test('the rate is right from the second picture on', () => {
    equal(played(0, 40).statistics.fps, 25);
    equal(played(0, 40, 40, 40).statistics.fps, 25);
    equal(played(0).statistics.fps, 0);
});

test('the rate forgets what is older than two seconds', () => {
    equal(played(0, 1_000, 1_000, ...Array(40).fill(100)).statistics.fps, 10);
});

test('a source slower than the window has the rate of its last interval, and a falling one in silence', () => {
    const { clock, statistics } = played(0, 4_000);
    equal(statistics.fps, 0.25);
    clock.pass(8_000);
    equal(statistics.fps, 0.125);
});

test('the age is the mean of the last two seconds, and unknown after them', () => {
    const { clock, statistics } = played(0, 100, 100);
    equal(statistics.age, 101);
    clock.pass(1_850);
    equal(statistics.age, 101.5);
    clock.pass(2_000);
    ok(Number.isNaN(statistics.age));
});

test('bits per second follow from the size and the rate', () => {
    const { clock, statistics } = played(0, 100, 100);
    equal(statistics.bytesPerPicture, 1_000);
    equal(statistics.bitsPerSecond, 80_000);
    clock.pass(60_000);
    equal(statistics.bitsPerSecond, 0);
});

test('gaps in the numbering are missed pictures, but not those across a new connection', () => {
    const statistics = new Statistics(new ManualClock().now);
    for (const seq of [7, 8, 11, 10, 12]) {
        statistics.arrived(seq, 1);
    }
    equal(statistics.missed, 2);
    statistics.startOver();
    statistics.arrived(90, 1);
    equal(statistics.missed, 2);
    equal(statistics.received, 6);
});

test('a new connection begins with new rates', () => {
    const { statistics } = played(0, 40, 40);
    statistics.startOver();
    deepEqual([statistics.fps, statistics.bitsPerSecond, statistics.age], [0, 0, NaN]);
});

/** What a browser counts. @param {object} inbound @param {object[]} others */
function report(inbound, ...others) {
    const entries = [{ id: 'in', type: 'inbound-rtp', kind: 'video', codecId: 'codec', ...inbound }, ...others];
    return new Map(entries.map((entry) => [/** @type {any} */ (entry).id, entry]));
}

/** @param {Map<string, object>[]} reports one for each look */
async function received(...reports) {
    const statistics = new ReceiverStatistics(/** @type {any} */ ({ getStats: () => Promise.resolve(reports.shift()) }));
    while (reports.length > 0) {
        await statistics.look();
    }
    return statistics.figures;
}

test('the rate of a video is taken over a second at least', async () => {
    const [first, early, later] = [0, 500, 1_000].map((after) => report({ timestamp: 5_000 + after, bytesReceived: 100 * (after + 900) }));
    equal((await received(first)).bitsPerSecond, 0);
    equal((await received(first, early)).bitsPerSecond, 0);
    equal((await received(first, early, later)).bitsPerSecond, 800_000);
});

test('what belongs to a video is found in the browser’s report', async () => {
    const figures = await received(report(
        { timestamp: 1, framesReceived: 9, framesDropped: 2, packetsReceived: 30, packetsLost: -1, totalFreezesDuration: 1.5 },
        { id: 'codec', mimeType: 'video/VP8' },
        { id: 'transport', type: 'transport', packetsReceived: 44, selectedCandidatePairId: 'pair' },
        { id: 'pair', type: 'candidate-pair', currentRoundTripTime: 0.02, remoteCandidateId: 'remote' },
        { id: 'remote', protocol: 'udp' },
    ));
    const { received: whole, dropped, packets, arrived, packetsLost, frozen, codec, roundTrip, carrier } = figures;
    equal([whole, dropped, packets, arrived, packetsLost, frozen, codec, roundTrip, carrier].join(), '9,2,30,44,0,1500,vp8,20,udp');
});

test('where the transport names no candidate pair, the nominated one counts', async () => {
    const { roundTrip } = await received(report(
        { timestamp: 1 },
        { id: 'other', type: 'candidate-pair', currentRoundTripTime: 9 },
        { id: 'pair', type: 'candidate-pair', nominated: true, currentRoundTripTime: 0.03 },
    ));
    equal(roundTrip, 30);
});

test('before there is a video, the figures are those of none', async () => {
    const figures = await received(new Map());
    equal(figures.packets, 0);
    ok(Number.isNaN(figures.roundTrip));
});

test('percentiles are values that were measured, by the nearest rank', () => {
    const percentiles = new Percentiles(new ManualClock().now);
    deepEqual(percentiles.of(50, 95), [NaN, NaN]);
    [30, 10, NaN, 20, Infinity, 40].forEach((value) => percentiles.add(value));
    deepEqual(percentiles.of(0, 25, 50, 51, 75, 95, 100), [10, 10, 20, 30, 30, 40, 40]);
});

test('percentiles look ten seconds back, and a thousand values', () => {
    const clock = new ManualClock();
    const percentiles = new Percentiles(clock.now);
    percentiles.add(1);
    clock.pass(10_000);
    percentiles.add(2);
    deepEqual(percentiles.of(0, 100), [1, 2]);
    clock.pass(1);
    deepEqual(percentiles.of(0, 100), [2, 2]);
    for (let i = 0; i < 1_000; i++) {
        percentiles.add(3);
    }
    deepEqual(percentiles.of(0, 100), [3, 3]);
    percentiles.clear();
    deepEqual(percentiles.of(50), [NaN]);
});

test('the ages of a new connection are not mixed with those before', () => {
    const { statistics } = played(0, 100, 100);
    deepEqual(statistics.ages(50, 95), [101, 102]);
    statistics.startOver();
    deepEqual(statistics.ages(50), [NaN]);
    equal(statistics.split.source, NaN);
});

test('an age is the sum of its parts, and what nobody tells of is the network’s', () => {
    const told = { ...HEADER, times: { source: 2, pipeline: 5, encode: 3 }, arrivedAt: 1_000 };
    deepEqual(split(told, 50, 1_012), { source: 2, pipeline: 5, encode: 3, network: 28, display: 12 });
    deepEqual(split({ ...told, times: { source: 2, pipeline: 5 } }, 50, 1_012), { source: 2, pipeline: 5, encode: NaN, network: 31, display: 12 });
    const unknown = split({ ...HEADER, arrivedAt: 1_000 }, 50, 1_012);
    deepEqual([unknown.network, unknown.display], [NaN, 12]);
    equal(split({ ...told, arrivedAt: undefined }, 50, 1_012).network, NaN);
});

test('each part of the ages has a median', () => {
    deepEqual(played(0, 100, 100).statistics.split, { source: 1, pipeline: 1, encode: NaN, network: 79, display: 20 });
});
