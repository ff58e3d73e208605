/** So far back are values looked at, in milliseconds, and so many of them at most. */
const PERIOD = 10_000;
const MOST = 1_000;

/** Percentiles of what was measured lately, by the nearest rank. */
export class Percentiles {
    #now;
    /** @type {{at: number, value: number}[]} */
    #values = [];

    /** @param {() => number} now milliseconds */
    constructor(now) {
        this.#now = now;
    }

    /** @param {number} value measured now; one that is not finite does not count */
    add(value) {
        if (Number.isFinite(value)) {
            this.#values.push({ at: this.#now(), value });
            this.#forget();
        }
    }

    /** Forgets all. */
    clear() {
        this.#values = [];
    }

    /**
     * The values that so many per cent of all do not exceed, one for each; NaN where nothing was measured lately.
     *
     * @param {number[]} percents
     */
    of(...percents) {
        this.#forget();
        const sorted = this.#values.map(({ value }) => value).sort((one, other) => one - other);
        return percents.map((percent) => sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? NaN);
    }

    #forget() {
        const from = this.#now() - PERIOD;
        let old = Math.max(0, this.#values.length - MOST);
        while (old < this.#values.length && this.#values[old].at < from) {
            old++;
        }
        this.#values.splice(0, old);
    }
}
