import { Histogram, LONGEST } from './histogram.js';

/**
 * One part of a report, of the pictures since the last one; the percentiles are of the last 10 s. In milliseconds.
 *
 * @typedef {{p50: number, p95: number, sum: number, counts: number[]}} Part
 *
 * @typedef {object} Report
 * @property {number} uncertainty how far the clock may be wrong
 * @property {Part} total from capture to the screen
 * @property {Part} [network] nothing where that is not known
 * @property {Part} [display]
 */

/** So often a viewer reports, in milliseconds. */
const PERIOD = 10_000;

/** Counts what is measured, for the reports to the server. */
export class LatencyReport {
    #now;
    #total = new Histogram();
    #network = new Histogram();
    #display = new Histogram();
    #reportedAt;

    /** @param {() => number} now milliseconds */
    constructor(now) {
        this.#now = now;
        this.#reportedAt = now();
    }

    /** @param {number} age of a picture on the screen */
    measured(age) {
        this.#total.add(age);
    }

    /** @param {import('./latency-split.js').Split} split of such an age */
    split({ network, display }) {
        this.#network.add(network);
        this.#display.add(display);
    }

    /** Forgets all; the next report comes in its time. */
    clear() {
        [this.#total, this.#network, this.#display].forEach((part) => part.clear());
        this.#reportedAt = this.#now();
    }

    /**
     * The report that is due, after which the next one begins; nothing while none is due, or there is nothing to report.
     *
     * @param {number} uncertainty how far the clock may be wrong
     * @param {Record<'total' | 'network' | 'display', number[]>} percentiles p50 and p95 of each
     * @returns {Report | undefined}
     */
    due(uncertainty, { total, network, display }) {
        if (this.#now() - this.#reportedAt < PERIOD || this.#total.count === 0 || !(uncertainty <= LONGEST)) {
            return undefined;
        }
        const report = {
            uncertainty: rounded(uncertainty),
            total: part(this.#total, total),
            ...(this.#network.count > 0 && { network: part(this.#network, network) }),
            ...(this.#display.count > 0 && { display: part(this.#display, display) }),
        };
        this.clear();
        return report;
    }
}

/**
 * Sends a report. It is not repeated: the next one tells of the next pictures.
 *
 * @param {string} base the server's address
 * @param {string} stream
 * @param {string} key the viewer key
 * @param {Report} report
 */
export async function sendReport(base, stream, key, report) {
    const address = new URL(`live/${encodeURIComponent(stream)}/latency?viewer=${key}`, base);
    await fetch(address, { method: 'POST', body: JSON.stringify(report) }).catch(() => {});
}

/**
 * @param {Histogram} histogram
 * @param {number[]} percentiles
 * @returns {Part}
 */
function part(histogram, [p50, p95]) {
    return { p50: bounded(p50), p95: bounded(p95), sum: rounded(histogram.sum), counts: histogram.counts };
}

/** @param {number} milliseconds unknown only if nothing was measured for 10 s */
function bounded(milliseconds) {
    return rounded(Math.min(Math.max(0, milliseconds || 0), LONGEST));
}

/** To thousandths. @param {number} milliseconds */
function rounded(milliseconds) {
    return Math.round(milliseconds * 1_000) / 1_000;
}
