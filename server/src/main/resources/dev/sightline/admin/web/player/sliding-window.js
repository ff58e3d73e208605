/** Over how many milliseconds rates and means are taken; of a slower source over its last interval. */
const WINDOW = 2_000;

/** What happened lately, each event with a value: how often it happens, and the mean of the values. */
export class SlidingWindow {
    #now;
    /** @type {{at: number, value: number}[]} */
    #events = [];

    /** @param {() => number} now milliseconds */
    constructor(now) {
        this.#now = now;
    }

    /** It happens now. @param {number} value */
    add(value) {
        const at = this.#now();
        this.#events.push({ at, value });
        while (this.#events.length > 2 && this.#events[0].at < at - WINDOW) {
            this.#events.shift();
        }
    }

    /** Forgets all. */
    clear() {
        this.#events = [];
    }

    /** The mean of the values; NaN where nothing happened lately. */
    get mean() {
        const recent = this.#lately();
        return recent.reduce((sum, { value }) => sum + value, 0) / recent.length;
    }

    /** Events per second, from the intervals between them, so that it is right before the window is full. */
    get rate() {
        const inWindow = this.#lately();
        const recent = inWindow.length > 1 ? inWindow : this.#events.slice(-2);
        if (recent.length < 2) {
            return 0;
        }
        const [first, last] = [recent[0].at, recent[recent.length - 1].at];
        // A slow source that has fallen silent becomes slower still.
        const silent = inWindow.length > 1 ? 0 : this.#now() - last;
        const span = last > first ? Math.max(last - first, silent) : 0;
        return span > 0 ? ((recent.length - 1) * 1_000) / span : 0;
    }

    #lately() {
        const from = this.#now() - WINDOW;
        return this.#events.filter(({ at }) => at >= from);
    }
}
