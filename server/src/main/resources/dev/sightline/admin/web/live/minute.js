/** How many samples a minute has: one a second. */
export const SAMPLES = 60;

/**
 * What was measured in one second; NaN where it is not known.
 *
 * @typedef {object} Sample
 * @property {number} arriving bits per second
 * @property {number} carried bits per second, as the server estimates the line
 * @property {number} fps pictures shown per second
 * @property {number} age from capture to the screen, in milliseconds
 */

/** @type {Sample} */
const UNKNOWN = { arriving: NaN, carried: NaN, fps: NaN, age: NaN };

/** The last minute, second by second. */
export class Minute {
    /** The oldest first, always a whole minute of them. @type {Sample[]} */
    samples = Array(SAMPLES).fill(UNKNOWN);

    #second = 0;

    /**
     * Takes the first sample of each second; seconds without any are unknown.
     *
     * @param {number} now milliseconds of a clock that never jumps
     * @param {Sample} sample
     */
    add(now, sample) {
        const second = Math.floor(now / 1_000);
        const passed = Math.min(SAMPLES, second - this.#second);
        if (passed > 0) {
            this.samples = [...this.samples.slice(passed), ...Array(passed - 1).fill(UNKNOWN), sample];
            this.#second = second;
        }
    }

    /** The newest sample. */
    get newest() {
        return this.samples[SAMPLES - 1];
    }

    /** Of all samples one value, the oldest first. @param {keyof Sample} name */
    of(name) {
        return this.samples.map((sample) => sample[name]);
    }
}

/** What stands beside the values of a scale counts up to so many times the highest of these, lest they look like nothing. */
const BESIDE = 2;

/**
 * Where a scale from 0 ends that all values fit on: at a round number.
 *
 * @param {number[]} values NaN where they are unknown
 * @param {number} least it ends no lower
 * @param {number[]} beside what may go beyond it
 */
export function scale(values, least, beside = []) {
    const highest = Math.max(least, ...values.filter(Number.isFinite));
    const most = Math.max(highest, ...beside.filter(Number.isFinite).map((value) => Math.min(value, BESIDE * highest)));
    const power = 10 ** Math.floor(Math.log10(most));
    return power * ([1, 2, 4, 6, 8].find((step) => step * power >= most) ?? 10);
}

/**
 * A line through values as an SVG path in a box of one unit between two values, and of height 1. It is broken where a value
 * is unknown; one between two of these is a dot. What is beyond the scale lies along its top.
 *
 * @param {number[]} values
 * @param {number} most the value at the top
 */
export function line(values, most) {
    const points = values.map((value, x) => {
        const begins = !Number.isFinite(values[x - 1]);
        const at = `${x} ${Number(Math.max(0, 1 - value / most).toFixed(3))}`;
        return Number.isFinite(value) ? (begins ? `M${at}h0` : `L${at}`) : '';
    });
    return points.join('');
}
