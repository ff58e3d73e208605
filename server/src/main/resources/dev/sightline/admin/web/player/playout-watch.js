/** Pictures that wait so many milliseconds in the browser, and four round trips for repairs, wait long. */
const NEEDED = 100;
const ROUND_TRIPS = 4;

/** So many milliseconds after the last loss, pictures need not wait any more. */
const PATIENCE = 5_000;

/** Notices that a browser keeps pictures for longer than the line needs: its jitter buffer grows at once, and may not shrink. */
export class PlayoutWatch {
    #now;
    #longAt = Infinity;
    #lost = 0;

    /** @param {() => number} [now] milliseconds */
    constructor(now = () => performance.now()) {
        this.#now = now;
    }

    /** @param {{buffered: number, roundTrip: number, packetsLost: number}} figures of the last second or so */
    counted({ buffered, roundTrip, packetsLost }) {
        const long = buffered > NEEDED + ROUND_TRIPS * (roundTrip || 0);
        if (!long || packetsLost !== this.#lost) {
            this.#longAt = Infinity;
        }
        if (long) {
            this.#longAt = Math.min(this.#longAt, this.#now());
        }
        this.#lost = packetsLost;
    }

    /** Whether they have waited long for five seconds in which nothing was lost. */
    get late() {
        return this.#now() - this.#longAt >= PATIENCE;
    }
}
