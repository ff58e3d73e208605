// @ts-check
/** Over how many milliseconds rates and means are taken; of a slower source over its last interval. */
const WINDOW = 2_000;

/** What was received and painted lately, in figures. */
export class Statistics {
    /** Pictures received. */
    received = 0;

    /** Pictures painted. */
    painted = 0;

    /** Pictures that never arrived: gaps in the numbering. */
    missed = 0;

    #newest = 0;
    /** @type {{at: number, bytes: number}[]} */
    #arrivals = [];
    /** @type {{at: number, age: number}[]} */
    #shown = [];

    /** A new connection: what comes next is no gap, and rates begin anew. */
    startOver() {
        this.#newest = 0;
        this.#arrivals = [];
        this.#shown = [];
    }

    /**
     * @param {number} seq
     * @param {number} bytes
     */
    arrived(seq, bytes) {
        this.received++;
        this.missed += this.#newest > 0 ? Math.max(0, seq - this.#newest - 1) : 0;
        this.#newest = Math.max(seq, this.#newest);
        add(this.#arrivals, { at: performance.now(), bytes });
    }

    /** @param {number} age glass-to-glass latency: from capture to this moment, in milliseconds */
    shown(age) {
        this.painted++;
        add(this.#shown, { at: performance.now(), age });
    }

    /** Pictures painted per second. */
    get fps() {
        return rate(this.#shown, 1);
    }

    /** From capture to the screen in milliseconds, a mean; NaN where nothing was shown lately. */
    get age() {
        const recent = lately(this.#shown);
        return recent.reduce((sum, { age }) => sum + age, 0) / recent.length;
    }

    /** Size of a picture in bytes, a mean; NaN where nothing came lately. */
    get bytesPerPicture() {
        const recent = lately(this.#arrivals);
        return recent.reduce((sum, { bytes }) => sum + bytes, 0) / recent.length;
    }

    /** What comes over the network. */
    get bitsPerSecond() {
        return rate(this.#arrivals, 8 * (this.bytesPerPicture || 0));
    }
}

/**
 * @template {{at: number}} T
 * @param {T[]} events
 * @param {T} event
 */
export function add(events, event) {
    events.push(event);
    while (events.length > 2 && events[0].at < event.at - WINDOW) {
        events.shift();
    }
}

/**
 * @template {{at: number}} T
 * @param {T[]} events
 */
export function lately(events) {
    const from = performance.now() - WINDOW;
    return events.filter(({ at }) => at >= from);
}

/**
 * The rate of events, from the intervals between them, so that it is right before the window is full.
 *
 * @param {{at: number}[]} events
 * @param {number} each
 */
export function rate(events, each) {
    const inWindow = lately(events);
    const recent = inWindow.length > 1 ? inWindow : events.slice(-2);
    const end = inWindow.length > 1 ? inWindow[inWindow.length - 1].at : performance.now();
    const interval = recent.length > 1 ? recent[recent.length - 1].at - recent[0].at : 0;
    // A slow source that has fallen silent becomes slower still.
    const span = interval > 0 ? Math.max(interval, end - recent[recent.length - 1].at) : 0;
    return span > 0 ? ((recent.length - 1) * each * 1_000) / span : 0;
}
