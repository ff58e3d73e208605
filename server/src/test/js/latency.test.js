import { deepEqual, equal, ok } from 'node:assert/strict';
import { EncodeTimes } from '#web/player/encode-times.js';
import { BOUNDS, Histogram, LONGEST } from '#web/player/histogram.js';
import { LatencyReport } from '#web/player/latency-report.js';
import { split } from '#web/player/latency-split.js';
import { Statistics } from '#web/player/statistics.js';
import { ManualClock } from './manual-clock.js';
import { test } from './timed-test.js';

const PERCENTILES = { total: [80.0004, 95], network: [20, 30], display: [10, NaN] };
const FRAME = { seq: 7, codec: 'vp8', width: 640, height: 480 };

test('a histogram counts by bounds, and takes neither what is no number nor what is too long', () => {
    const histogram = new Histogram();
    [0.5, 0.6, 30, NaN, Infinity, -3, 5_000, 999_999].forEach((duration) => histogram.add(duration));
    deepEqual(histogram.counts, [2, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 2]);
    equal(histogram.counts.length, BOUNDS.length + 1);
    equal(histogram.count, 6);
    equal(histogram.sum, 0.5 + 0.6 + 30 + 5_000 + LONGEST);
    histogram.clear();
    deepEqual([histogram.count, histogram.sum], [0, 0]);
});

test('a report is due every ten seconds, of the pictures since the last one', () => {
    const clock = new ManualClock();
    const report = new LatencyReport(clock.now);
    report.measured(79);
    report.measured(81);
    report.split({ source: 1, pipeline: 1, encode: 1, network: 20, display: NaN });
    clock.pass(9_999);
    equal(report.due(1, PERCENTILES), undefined);
    clock.pass(1);
    const first = report.due(0.25, PERCENTILES);
    deepEqual(first?.total, { p50: 80, p95: 95, sum: 160, counts: [0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0] });
    equal(first?.uncertainty, 0.25);
    equal(first?.network?.sum, 20);
    ok(!('display' in (first ?? {})), 'nothing is known of it');
    ok(JSON.stringify(first).length < 512, 'it is small');

    clock.pass(10_000);
    equal(report.due(1, PERCENTILES), undefined, 'nothing was shown');
    report.measured(5);
    equal(report.due(1, PERCENTILES)?.total.sum, 5);
});

test('nothing is reported before the clocks were compared, nor of another connection', () => {
    const clock = new ManualClock();
    const report = new LatencyReport(clock.now);
    report.measured(79);
    clock.pass(10_000);
    equal(report.due(Infinity, PERCENTILES), undefined);
    report.clear();
    clock.pass(10_000);
    equal(report.due(1, PERCENTILES), undefined);
});

test('statistics report what they show, also where an encoder’s time is known later', async () => {
    const clock = new ManualClock();
    const statistics = new Statistics(clock.now);
    const header = { ...FRAME, captureTime: 0, metadata: {}, arrivedAt: 5_000, times: { source: 1, pipeline: 2 } };
    for (let i = 0; i < 100; i++) {
        clock.pass(100);
        statistics.measured({ ...header, encoding: i < 90 ? Promise.resolve(4) : undefined }, 50 + i, 5_015);
    }
    await Promise.resolve();
    const report = statistics.report(1);
    deepEqual([report?.total.p50, report?.total.p95], statistics.ages(50, 95));
    deepEqual([report?.network?.p50, report?.display?.p95], [statistics.split.network, 15]);
    equal(statistics.split.encode, 4);
    equal(report?.total.counts.reduce((sum, count) => sum + count), 100);
    equal(report?.network?.counts.reduce((sum, count) => sum + count), 100);

    statistics.measured(header, 50, 5_015);
    statistics.startOver();
    clock.pass(10_000);
    equal(statistics.report(1), undefined, 'another connection is another viewer');
});

test('the time of an encoder that is told before the picture is there is known at once', async () => {
    const times = new EncodeTimes();
    times.add([{ ...FRAME, encode: 4 }, { ...FRAME, width: 320, height: 240, encode: 2 }]);
    equal(await times.of(FRAME), 4);
    equal(await times.of({ ...FRAME, codec: '', width: 320, height: 240 }), 2);
});

test('the time of an encoder may be told with one of the next pictures', async () => {
    const times = new EncodeTimes();
    const time = times.of(FRAME);
    times.add([]);
    times.add([{ ...FRAME, codec: 'h264', encode: 9 }]);
    times.add([{ ...FRAME, encode: 4 }]);
    equal(await time, 4);
});

test('a picture that nothing encoded has no time, once some more were told of', async () => {
    const times = new EncodeTimes();
    let known = false;
    const time = times.of(FRAME).then((encode) => {
        known = true;
        return encode;
    });
    times.add([]);
    times.add([]);
    await Promise.resolve();
    ok(!known);
    times.add([]);
    equal(await time, NaN);
});

test('with the time of the encoder, the network has only its own', () => {
    const header = { ...FRAME, captureTime: 0, metadata: {}, arrivedAt: 1_000, times: { source: 2, pipeline: 5 } };
    equal(split({ ...header, times: { ...header.times, encode: 8 } }, 50, 1_010).network, 25);
});
