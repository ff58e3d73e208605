import { joined } from './steps.js';

/** So many milliseconds at least lie between two requests. */
export const SPACING = 100;

/**
 * What the server is to be told: some parameters of one step, or all steps.
 *
 * @typedef {{id: number, parameters: import('./steps.js').Parameters}} Tune
 * @typedef {{keep: boolean}} Whole
 * @typedef {Tune | Whole} Message
 */

/**
 * Sends one message after the other: never two at once, at most ten a second. What waits becomes one with what comes, so that
 * the newest values are always the next to be sent.
 */
export class Outbox {
    /** @type {Message | undefined} */
    #waiting;
    #sending = false;
    #scheduled = false;
    #lastAt = -Infinity;

    #send;
    #now;
    #after;

    /**
     * @param {(message: Message) => Promise<void>} send never fails
     * @param {() => number} now milliseconds of a clock that never jumps
     * @param {(task: () => void, milliseconds: number) => void} after runs the task later
     */
    constructor(send, now, after) {
        this.#send = send;
        this.#now = now;
        this.#after = after;
    }

    /** Whether all was sent and answered. */
    get idle() {
        return !this.#sending && this.#waiting === undefined;
    }

    /** What is not sent yet. */
    get waiting() {
        return this.#waiting;
    }

    /** @param {Message} message */
    offer(message) {
        this.#waiting = this.#waiting ? both(this.#waiting, message) : message;
        this.#turn();
    }

    /** Forgets what is not sent yet. */
    clear() {
        this.#waiting = undefined;
    }

    #turn() {
        if (this.#sending || this.#scheduled || this.#waiting === undefined) {
            return;
        }
        const wait = this.#lastAt + SPACING - this.#now();
        if (wait <= 0) {
            this.#run();
            return;
        }
        this.#scheduled = true;
        this.#after(() => {
            this.#scheduled = false;
            this.#turn();
        }, wait);
    }

    async #run() {
        const message = /** @type {Message} */ (this.#waiting);
        this.#waiting = undefined;
        this.#sending = true;
        this.#lastAt = this.#now();
        await this.#send(message);
        this.#sending = false;
        this.#turn();
    }
}

/** @param {Message} earlier @param {Message} later @returns {Message} */
function both(earlier, later) {
    if ('id' in earlier && 'id' in later && earlier.id === later.id) {
        return { id: later.id, parameters: joined(earlier.parameters, later.parameters) };
    }
    return { keep: ('keep' in earlier && earlier.keep) || ('keep' in later && later.keep) };
}
