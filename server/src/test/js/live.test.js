import { deepEqual, equal, ok } from 'node:assert/strict';
import { told } from '#web/live/chart.js';
import { details, duration, rate } from '#web/live/details.js';
import { line, Minute, SAMPLES, scale } from '#web/live/minute.js';
import { fileName } from '#web/live/snapshot.js';
import { test } from './timed-test.js';

/** @typedef {import('#web/live/details.js').Known} Known */

/** @type {Known['figures']} */
const FIGURES = {
    seq: 7, width: 640, height: 480, codec: 'h264', fps: 24.96, age: 51.6, ageUncertainty: 0.2, received: 9, painted: 9, missed: 3,
    ageMedian: 48.2, ageMost: 92.4,
    split: { source: NaN, pipeline: NaN, encode: NaN, network: NaN, display: NaN },
    drawn: 0, leftOut: 0, bytesPerPicture: 20_400, bitsPerSecond: 1_500_000, transport: 'WebSocket',
    fallback: '',
};

/** @type {any} */
const STREAM = {
    name: 'cam', source: 'pattern:', fps: 25, viewers: 2,
    processors: [{ name: 'faces', millis: 4.25, failures: 2, state: 'FAILING', reason: 'no model' }],
    renditions: [
        { name: 'metadata', viewers: 1 },
        { name: 'jpeg', millis: 2.5, encoder: 'turbojpeg', viewers: 1, frames: 9 },
        { name: 'h264', viewers: 2, frames: 9, millis: 0 },
        { name: 'vp8', viewers: 0, frames: 0, millis: 0 },
    ],
};

/** What the details say, by name. @param {Partial<Known>} known @param {Partial<Known['figures']>} [figures] */
function said(known, figures = {}) {
    const nothing = { header: undefined, stream: undefined, session: undefined };
    return Object.fromEntries(details({ ...nothing, figures: { ...FIGURES, ...figures }, live: true, ...known }));
}

test('before anything is known, nothing is claimed', () => {
    const known = said({ live: false }, { painted: 0, transport: '', bitsPerSecond: 0, bytesPerPicture: NaN });
    deepEqual(known, {
        Picture: '–', Age: '–', Latency: '–', Rate: '–', Network: '–, 0\u00a0kbit/s, – a picture', Dropped: '3 on the way, 0 here', Found: 'nothing',
        Source: '–', Steps: 'none', Viewers: '–', Encoded: '–',
    });
});

test('a picture’s size, age and rate are told', () => {
    const { Picture, Age, Rate } = said({ stream: STREAM });
    deepEqual([Picture, Age, Rate], ['640 × 480, no. 7', '52 ms ± 1 ms', '25.0 fps here, 25.0 at the source']);
    equal(said({}, { ageUncertainty: Infinity }).Age, '–');
});

test('the latency is told by percentiles, with the error of the clocks’ comparison', () => {
    equal(said({}).Latency, 'p50 48 ms, p95 92 ms, ± 1 ms');
    equal(said({}, { ageUncertainty: 7.6 }).Latency, 'p50 48 ms, p95 92 ms, ± 8 ms');
    deepEqual([said({}, { ageUncertainty: Infinity }).Latency, said({}, { ageMedian: NaN }).Latency, said({ live: false }).Latency], ['–', '–', '–']);
});

test('where the latency comes from is told as far as it is known', () => {
    const split = { source: 1.2, pipeline: 4.4, encode: 2.6, network: -0.4, display: 12 };
    equal(said({}, { split }).Split, 'source 1 ms, pipeline 4 ms, encoding 3 ms, network 0 ms, decoding and display 12 ms');
    equal(said({}, { split: { ...split, encode: NaN, network: 9 } }).Split,
        'source 1 ms, pipeline 4 ms, network 9 ms, decoding and display 12 ms');
    ok(!('Split' in said({})));
    ok(!('Split' in said({ live: false }, { split })));
});

test('JPEGs have a size, video has a codec and a round trip', () => {
    equal(said({}).Network, 'WebSocket, 1.5\u00a0Mbit/s, 20 kB a picture');
    const video = { transport: 'WebRTC', carrier: 'udp', roundTrip: 12.3 };
    equal(said({}, video).Network, 'WebRTC over UDP, H264, 1.5\u00a0Mbit/s, 12\u00a0ms there and back');
    equal(said({}, { ...video, carrier: '', codec: '', roundTrip: NaN }).Network, 'WebRTC, 1.5\u00a0Mbit/s');
});

test('why no better transport is used is told, a line each', () => {
    equal(said({}, { fallback: 'WebRTC: no UDP; WebSocket: a proxy' })['Better way'], 'WebRTC: no UDP\nWebSocket: a proxy');
    ok(!('Better way' in said({})));
});

/** What the server says of a session. @type {any} */
const WATCHED = {
    rendition: 'vp8 320 300 kbit/s', ladder: ['vp8 source 800 kbit/s', 'vp8 320 300 kbit/s', 'vp8 160 100 kbit/s'], reason: 'loss 34 %',
    askedAgain: 9, repaired: 6, withheld: 2, unrecoverable: 1, estimate: 420_000, queueMillis: 35, datagramBytes: 1_200,
};

test('the rendition that comes is told with its place and reason, where there is one', () => {
    equal(said({ session: { watched: WATCHED } }).Rendition, 'vp8 320 300 kbit/s (2 of 3): loss 34 %');
    for (const ladder of [['vp8 320 300 kbit/s'], ['vp8 source 800 kbit/s', 'vp8 160 100 kbit/s']]) {
        equal(said({ session: { watched: { ...WATCHED, ladder } } }).Rendition, 'vp8 320 300 kbit/s: loss 34 %');
    }
    const thin = { ...WATCHED, framesDropped: 5 };
    equal(said({ session: { watched: { ...thin, temporalLayer: 2 } } }).Rendition, 'vp8 320 300 kbit/s (2 of 3): loss 34 %');
    equal(said({ session: { watched: { ...thin, temporalLayer: 0 } } }).Rendition, 'vp8 320 300 kbit/s (2 of 3), every fourth frame: loss 34 %');
    for (const session of [undefined, {}, { status: 404 }, { watched: { ...WATCHED, rendition: '' } }]) {
        const known = said({ session });
        ok(!('Rendition' in known) && !('Line' in known) && !('Repairs' in known));
    }
});

test('what the server knows of the line is told, as far as it knows it', () => {
    equal(said({ session: { watched: WATCHED } }).Line, 'about 420\u00a0kbit/s, 35 ms in queues, datagrams of up to 1,200 bytes');
    const { queueMillis, datagramBytes, ...remb } = WATCHED;
    equal(said({ session: { watched: remb } }).Line, 'about 420\u00a0kbit/s');
    ok(!('Line' in said({ session: { watched: { ...remb, estimate: undefined } } })));
});

test('what became of repairs is told', () => {
    equal(said({ session: { watched: WATCHED } }).Repairs, '9 asked for, 6 sent, 2 withheld, 1 too old');
});

test('losses are told where the transport counts them', () => {
    const { Packets, 'Stood still': stood } = said({}, { packetsLost: 4, packetsRepaired: 3, freezes: 1, frozen: 250 });
    deepEqual([Packets, stood], ['4 lost, 3 sent again', 'once, 0.3 s in all']);
    equal(said({}, { packetsLost: 0, packetsRepaired: 0, freezes: 2 })['Stood still'], '2 times, 0.0 s in all');
    ok(!('Packets' in said({})));
});

test('what was found in the picture is counted by label', () => {
    const detections = ['face', 'motion', 'face'].map((label) => ({ label }));
    const header = { seq: 1, captureTime: 0, width: 1, height: 1, codec: '', metadata: { detections } };
    equal(said({ header }).Found, '2 face, 1 motion');
    equal(said({ header }, { leftOut: 3 }).Found, '2 face, 1 motion; 3 not drawn');
});

test('steps are told with their time, failures and trouble', () => {
    equal(said({ stream: STREAM }).Steps, 'faces 4.3 ms, 2 failures\nfaces is failing: no model');
});

test('renditions are told with their encoder, or that the source’s own bytes pass', () => {
    equal(said({ stream: STREAM }).Encoded,
        'jpeg, 2.5 ms by turbojpeg, 1 viewer\nh264, as it comes, 2 viewers\nvp8, nothing yet, 0 viewers');
});

test('rates are told in kbit/s below a Mbit/s', () => {
    deepEqual([0, 149_600, 999_499, 999_500, 12_340_000].map(rate),
        ['0\u00a0kbit/s', '150\u00a0kbit/s', '999\u00a0kbit/s', '1.0\u00a0Mbit/s', '12.3\u00a0Mbit/s']);
});

test('durations are told in milliseconds below ten seconds, and never negative', () => {
    deepEqual([-3, 12.4, 9_999, 10_000, 61_400].map(duration), ['0 ms', '12 ms', '9999 ms', '10 s', '61 s']);
});

test('a snapshot is named by stream and the user’s time', () => {
    equal(fileName('cam', new Date(2026, 10, 29, 1, 30, 5)), 'cam-2026-11-29-013005.jpg');
});

/** @param {number} fps */
const sample = (fps) => ({ arriving: NaN, carried: NaN, fps, age: NaN });

test('a minute has a sample for each second, the newest last, and gaps where there was none', () => {
    const minute = new Minute();
    deepEqual(minute.of('fps'), Array(SAMPLES).fill(NaN));
    [[70_000, 1], [70_500, 2], [71_499, 3], [74_000, 4]].forEach(([now, fps]) => minute.add(now, sample(fps)));
    deepEqual(minute.of('fps').slice(-6), [NaN, 1, 3, NaN, NaN, 4]);
    equal(minute.newest.fps, 4);
    equal(minute.samples.length, SAMPLES);
});

test('a minute forgets what is older, also after a long sleep', () => {
    const minute = new Minute();
    for (let second = 1; second <= 100; second++) {
        minute.add(1_000 * second, sample(second));
    }
    deepEqual(minute.of('fps'), Array.from({ length: SAMPLES }, (_, i) => 41 + i));
    minute.add(3_600_000, sample(7));
    deepEqual(minute.of('fps'), [...Array(SAMPLES - 1).fill(NaN), 7]);
});

test('a scale ends at a round number above all values, and no lower than it should', () => {
    deepEqual([9, 10, 10.1, 29.9, 30.2, 61, 81, 999, 1_000].map((value) => scale([1, NaN, value], 10)),
        [10, 10, 20, 40, 40, 80, 100, 1_000, 1_000]);
    equal(scale([NaN, NaN], 100), 100);
    equal(scale([], 100_000), 100_000);
});

test('what stands beside the values of a scale may lie along its top, but not dwarf them', () => {
    equal(scale([1_000, NaN], 100, [1_500, NaN]), 2_000);
    equal(scale([1_000, NaN], 100, [6_000, NaN]), 2_000);
    equal(line([6_000, 500], 2_000), 'M0 0h0L1 0.75');
});

test('a line goes from value to value, and breaks where none is known', () => {
    equal(line([0, 5, 10], 10), 'M0 1h0L1 0.5L2 0');
    equal(line([NaN, 5, NaN, 2, 4], 10), 'M1 0.5h0M3 0.8h0L4 0.6');
    equal(line([NaN, NaN], 10), '');
});

test('the newest values are told in words', () => {
    equal(told({ arriving: 812_000, carried: 1_630_000, fps: 29.8, age: 51.7 }),
        'The last minute. Now: 812\u00a0kbit/s arrive, the line carries about 1.6\u00a0Mbit/s; 30 fps, 52 ms old.');
    equal(told({ arriving: 0, carried: NaN, fps: 0, age: NaN }), 'The last minute. Now: 0\u00a0kbit/s arrive; 0.0 fps, – old.');
});
