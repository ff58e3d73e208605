import { Percentiles } from './percentiles.js';

/**
 * Where the age of a picture comes from, in milliseconds each; NaN where it is not known.
 *
 * @typedef {object} Split
 * @property {number} source from its capture until the pipeline took it
 * @property {number} pipeline until it left that
 * @property {number} encode in the encoder; NaN where nothing encodes, or that is not known: then it is in `network`
 * @property {number} network until it was here: waiting in the server, and the way
 * @property {number} display until it was on the screen: waiting here, decoding, painting
 */

/**
 * The age of one picture, split.
 *
 * @param {import('./header.js').Header} header
 * @param {number} age from capture to the screen, in milliseconds
 * @param {number} at since when it is on the screen, by `performance.now()`
 * @returns {Split}
 */
export function split({ times, arrivedAt = NaN }, age, at) {
    const { source = NaN, pipeline = NaN, encode = NaN } = times ?? {};
    const display = at - arrivedAt;
    return { source, pipeline, encode, network: age - display - source - pipeline - (encode || 0), display };
}

/** Where the ages of the last 10 s come from: the median of each part. */
export class LatencySplit {
    #parts;

    /** @param {() => number} now milliseconds */
    constructor(now) {
        const part = () => new Percentiles(now);
        this.#parts = { source: part(), pipeline: part(), encode: part(), network: part(), display: part() };
    }

    /** @param {Split} split */
    add(split) {
        this.#each((part, name) => part.add(split[name]));
    }

    /** Forgets all. */
    clear() {
        this.#each((part) => part.clear());
    }

    /** Percentiles of what only this page can measure. @param {number[]} percents */
    measured(...percents) {
        return { network: this.#parts.network.of(...percents), display: this.#parts.display.of(...percents) };
    }

    /** @returns {Split} */
    get medians() {
        const { source, pipeline, encode, network, display } = this.#parts;
        const median = (/** @type {Percentiles} */ part) => part.of(50)[0];
        return {
            source: median(source),
            pipeline: median(pipeline),
            encode: median(encode),
            network: median(network),
            display: median(display),
        };
    }

    /** @param {(part: Percentiles, name: keyof Split) => void} action */
    #each(action) {
        Object.entries(this.#parts).forEach(([name, part]) => action(part, /** @type {keyof Split} */ (name)));
    }
}
