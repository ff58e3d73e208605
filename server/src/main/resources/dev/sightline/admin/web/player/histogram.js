/** Upper bounds in milliseconds, as the server has them; longer durations have their own bucket. */
export const BOUNDS = [0.5, 1, 2.5, 5, 10, 20, 40, 80, 160, 250, 500, 1_000, 2_000];

/** The longest duration that the server believes, in milliseconds. */
export const LONGEST = 60_000;

/** Counts durations by these bounds. */
export class Histogram {
    /** The sum of all, in milliseconds. */
    sum = 0;

    #counts = none();

    /** @param {number} duration in milliseconds; one that is not finite does not count, and clocks may make one negative */
    add(duration) {
        if (Number.isFinite(duration)) {
            const counted = Math.min(Math.max(0, duration), LONGEST);
            const bucket = BOUNDS.findIndex((bound) => counted <= bound);
            this.#counts[bucket < 0 ? BOUNDS.length : bucket]++;
            this.sum += counted;
        }
    }

    /** How many there are, bucket by bucket. */
    get counts() {
        return [...this.#counts];
    }

    /** How many there are. */
    get count() {
        return this.#counts.reduce((sum, count) => sum + count);
    }

    /** Forgets all. */
    clear() {
        this.#counts = none();
        this.sum = 0;
    }
}

function none() {
    return Array(BOUNDS.length + 1).fill(0);
}
