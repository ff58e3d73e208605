/** How often the clocks are compared while somebody watches, in milliseconds: computers drift, and sleep. */
const PERIOD = 60_000;

/** How soon they are compared for the second time; each pause is twice as long. A page that loads is busy, and answers late. */
const FIRST_PAUSE = 2_000;

/** How many round trips one comparison takes; the shortest counts. */
const TRIPS = 5;

/** Without an answer for so many milliseconds, the server is taken to be away. */
const PATIENCE = 2_000;

/** The longest pause between two questions to a server that is away, in milliseconds. */
const LONGEST_PAUSE = 500;

/** The same where this page may not use the server, which only its configuration can change. */
const PAUSE_OF_STRANGERS = 10_000;

/** @type {Map<string, ServerClock>} */
const clocks = new Map();

/**
 * The server's clock as this page knows it, and whether the server answers at all.
 *
 * Pictures bear the server's time. Their age on this screen is only as true as the offset between the two clocks, which
 * is estimated as NTP does (RFC 5905 section 8): the server's time is taken to be that of the middle of a round trip, and
 * may be wrong by half the trip at most.
 */
export class ServerClock {
    /** The server's time minus this page's, in milliseconds. */
    offset = 0;

    /** How far the offset may be wrong, in milliseconds; infinite before the first answer. */
    uncertainty = Infinity;

    #base;
    #address;
    #here;
    #stranger = false;
    #pause = FIRST_PAUSE;
    #comparedAt = -Infinity;
    /** When the offset was found. */
    #foundAt = -Infinity;
    /** @type {Promise<void> | undefined} */
    #comparing;
    /** @type {Promise<void> | undefined} */
    #waiting;

    /**
     * @param {string} base
     * @param {() => number} [now] this page's time
     */
    constructor(base, now = here) {
        this.#base = base;
        this.#here = now;
        this.#address = new URL('api/time', base).href;
    }

    /**
     * The clock of a server, one for the whole page.
     *
     * @param {string} base the server's address, with a slash at its end
     */
    static of(base) {
        let clock = clocks.get(base);
        if (!clock) {
            clocks.set(base, (clock = new ServerClock(base)));
        }
        return clock;
    }

    /** The present time of the server, in milliseconds since the Unix epoch. */
    now() {
        return this.#here() + this.offset;
    }

    /** Compares the clocks if that was not done lately; never fails. */
    keep() {
        if (this.#here() - this.#comparedAt > this.#pause && !this.#comparing) {
            this.#comparing = this.#compare()
                .catch(() => {})
                .finally(() => (this.#comparing = undefined));
        }
    }

    /** The server was away: perhaps it is another process now, with another clock. */
    doubt() {
        this.#comparedAt = this.#foundAt = -Infinity;
        this.#pause = FIRST_PAUSE;
    }

    /** Whether the server answers now. */
    async isThere() {
        try {
            await this.#ask();
            this.#stranger = false;
            return true;
        } catch {
            return false;
        }
    }

    /**
     * Whether the server is there, but pages of this one's origin may not use it: browsers do not tell them why nothing
     * comes. What the element is made of may be had from anywhere.
     */
    async isClosedToThisPage() {
        if (new URL(this.#base).origin === self.origin || (await this.isThere())) {
            return false;
        }
        const signal = AbortSignal.timeout(PATIENCE);
        const part = await fetch(new URL('assets/favicon.svg', this.#base), { cache: 'no-store', signal }).catch(() => undefined);
        this.#stranger = Boolean(part?.ok);
        return this.#stranger;
    }

    /** Waits until the server answers; all players of a page wait for the same answer. */
    answer() {
        this.#waiting ??= this.#untilAnswer().finally(() => (this.#waiting = undefined));
        return this.#waiting;
    }

    async #untilAnswer() {
        let asked = this.#here();
        for (let wait = 125; !(await this.isThere()); wait = Math.min(wait * 2, this.#stranger ? PAUSE_OF_STRANGERS : LONGEST_PAUSE)) {
            // A question that was never answered has taken its time already: a server that begins lets it hang.
            await pause(asked + wait * (0.8 + 0.2 * Math.random()) - this.#here());
            asked = this.#here();
        }
        this.doubt();
    }

    async #compare() {
        let best = await this.#ask();
        for (let trip = 1; trip < TRIPS; trip++) {
            const next = await this.#ask();
            best = next.uncertainty < best.uncertainty ? next : best;
        }
        const now = this.#here();
        this.#pause = this.#comparedAt === -Infinity ? FIRST_PAUSE : Math.min(2 * this.#pause, PERIOD);
        this.#comparedAt = now;
        if (best.uncertainty <= this.uncertainty || now - this.#foundAt > PERIOD) {
            this.offset = best.offset;
            this.uncertainty = best.uncertainty;
            this.#foundAt = now;
        }
    }

    async #ask() {
        const sent = this.#here();
        const response = await fetch(this.#address, { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) });
        const received = this.#here();
        if (!response.ok) {
            throw new Error(`${this.#address} answers ${response.status}`);
        }
        const { now } = await response.json();
        return { offset: now - (sent + received) / 2, uncertainty: (received - sent) / 2 };
    }
}

/**
 * @param {number} milliseconds
 * @returns {Promise<void>}
 */
export function pause(milliseconds) {
    return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** This page's time in milliseconds since the Unix epoch; it does not jump when somebody sets the computer's clock. */
function here() {
    return performance.timeOrigin + performance.now();
}
