import { LatencyReport } from './latency-report.js';
import { LatencySplit, split } from './latency-split.js';
import { Percentiles } from './percentiles.js';
import { SlidingWindow } from './sliding-window.js';

/**
 * @typedef {object} Own what every transport has figures of
 * @property {number} seq
 * @property {number} width
 * @property {number} height
 * @property {string} codec
 * @property {number} fps
 * @property {number} age from capture to the screen, in milliseconds
 * @property {number} ageUncertainty how far the age may be wrong, in milliseconds
 * @property {number} ageMedian the age that half of the pictures of the last 10 s did not exceed
 * @property {number} ageMost the same of 95 in 100
 * @property {number} received
 * @property {number} painted
 * @property {number} missed
 * @property {number} bytesPerPicture
 * @property {number} bitsPerSecond
 * @property {import('./latency-split.js').Split} split where those ages come from, medians
 * @property {number} drawn shapes that the overlay draws over the picture on the screen
 * @property {number} leftOut shapes of it that are not drawn: too many, or malformed
 * @property {string} transport by which the pictures come; empty while none do
 * @property {string} fallback why they do not come by a better one; empty where this is the best
 */

/** What was received and painted lately, in figures. */
export class Statistics {
    /** Pictures received. */
    received = 0;

    /** Pictures painted. */
    painted = 0;

    /** Pictures that never arrived: gaps in the numbering. */
    missed = 0;

    #newest = 0;
    #arrivals;
    #shown;
    #ages;
    #split;
    #report;

    /** @param {() => number} [now] milliseconds */
    constructor(now = () => performance.now()) {
        this.#arrivals = new SlidingWindow(now);
        this.#shown = new SlidingWindow(now);
        this.#ages = new Percentiles(now);
        this.#split = new LatencySplit(now);
        this.#report = new LatencyReport(now);
    }

    /** A new connection: what comes next is no gap, and rates start over. */
    startOver() {
        this.#newest = 0;
        this.#arrivals.clear();
        this.#shown.clear();
        this.#ages.clear();
        this.#split.clear();
        this.#report.clear();
    }

    /**
     * @param {number} seq
     * @param {number} bytes
     */
    arrived(seq, bytes) {
        this.received++;
        this.missed += this.#newest > 0 ? Math.max(0, seq - this.#newest - 1) : 0;
        this.#newest = Math.max(seq, this.#newest);
        this.#arrivals.add(bytes);
    }

    /** @param {number} age glass-to-glass latency: from capture to this moment, in milliseconds */
    shown(age) {
        this.painted++;
        this.#shown.add(age);
    }

    /**
     * A live picture was shown, not a slate, which is as old as what it stands for.
     *
     * @param {import('./header.js').Header} header
     * @param {number} age as above
     * @param {number} at since when it is on the screen, by `performance.now()`
     */
    measured(header, age, at) {
        this.#ages.add(age);
        this.#report.measured(age);
        const { times, encoding } = header;
        if (times && encoding) {
            encoding.then((encode) => this.#spent(split({ ...header, times: { ...times, encode } }, age, at)));
        } else {
            this.#spent(split(header, age, at));
        }
    }

    /** @param {import('./latency-split.js').Split} parts of an age */
    #spent(parts) {
        this.#split.add(parts);
        this.#report.split(parts);
    }

    /** Pictures painted per second. */
    get fps() {
        return this.#shown.rate;
    }

    /** From capture to the screen in milliseconds, a mean; NaN where nothing was shown lately. */
    get age() {
        return this.#shown.mean;
    }

    /** Percentiles of the ages of the last 10 s. @param {number[]} percents */
    ages(...percents) {
        return this.#ages.of(...percents);
    }

    /** Where those come from, a median for each part. */
    get split() {
        return this.#split.medians;
    }

    /** The report to the server that is due, if one is. @param {number} uncertainty how far the clock may be wrong */
    report(uncertainty) {
        return this.#report.due(uncertainty, { total: this.ages(50, 95), ...this.#split.measured(50, 95) });
    }

    /** Size of a picture in bytes, a mean; NaN where nothing came lately. */
    get bytesPerPicture() {
        return this.#arrivals.mean;
    }

    /** What comes over the network. */
    get bitsPerSecond() {
        return 8 * this.#arrivals.rate * (this.bytesPerPicture || 0);
    }

    /**
     * All of them.
     *
     * @param {import('./header.js').Header | undefined} header of the picture on the screen
     * @param {number} uncertainty how far the clock may be wrong
     */
    figures(header, uncertainty) {
        const { received, painted, missed, fps, age, split, bytesPerPicture, bitsPerSecond } = this;
        const { width = 0, height = 0, seq = 0, codec = '' } = header ?? {};
        const [ageMedian, ageMost] = this.ages(50, 95);
        const ages = { age, ageUncertainty: uncertainty, ageMedian, ageMost, split };
        return { seq, width, height, codec, fps, ...ages, received, painted, missed, bytesPerPicture, bitsPerSecond };
    }
}
