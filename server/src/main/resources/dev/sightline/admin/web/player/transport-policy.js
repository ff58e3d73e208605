/** @typedef {import('./transport.js').TransportName} TransportName */

/** A transport that was blocked is tried again after so many milliseconds, then after twice as many, and so on. */
export const RETRY = 60_000;
const LONGEST_RETRY = 600_000;

/** A network that has changed is given so many milliseconds to settle. */
export const SETTLING = 1_000;

/**
 * Transports found blocked, by server and name, and when to try them again: one player of a page learns it for all.
 *
 * @type {Map<string, {reason: string, pause: number, until: number}>}
 */
const blocked = new Map();

/** Which transport a player uses, and when it tries a better one. */
export class TransportPolicy {
    #server;
    #names;
    #now;

    /**
     * @param {string} server its address
     * @param {TransportName[]} names the transports that may be used, the best first; at least one
     * @param {() => number} [now] milliseconds
     */
    constructor(server, names, now = () => performance.now()) {
        this.#server = server;
        this.#names = names;
        this.#now = now;
    }

    /** What to begin with: the best that is not known to be blocked, else the last. */
    get first() {
        return this.#names.find((name) => !this.#block(name)) ?? this.#names[this.#names.length - 1];
    }

    /** What to fall back to; nothing after the last. @param {TransportName} name @returns {TransportName | undefined} */
    next(name) {
        return this.#names[this.#names.indexOf(name) + 1];
    }

    /** Those better than this one, the best first. @param {TransportName} name */
    better(name) {
        return this.#names.slice(0, this.#names.indexOf(name));
    }

    /**
     * Nothing gets through by it.
     *
     * @param {TransportName} name
     * @param {string} reason for people
     */
    block(name, reason) {
        const before = this.#block(name);
        const pause = before ? Math.min(2 * before.pause, LONGEST_RETRY) : RETRY;
        blocked.set(this.#key(name), { reason, pause, until: this.#now() + pause });
    }

    /** A picture has come by it. @param {TransportName} name */
    unblock(name) {
        blocked.delete(this.#key(name));
    }

    /** Why it is blocked; nothing where that is not known. @param {TransportName} name */
    reason(name) {
        return this.#block(name)?.reason;
    }

    /**
     * In how many milliseconds to try one that is better than this; infinite where this is the best.
     *
     * @param {TransportName} name
     */
    retryIn(name) {
        const pauses = this.better(name).map((better) => this.#pause(better));
        return Math.max(SETTLING, Math.min(...pauses));
    }

    /**
     * Which of the better ones to try now: the best that is due, else the best; nothing where this is the best.
     *
     * @param {TransportName} name
     */
    candidate(name) {
        const better = this.better(name);
        return better.find((one) => this.#pause(one) <= 0) ?? better[0];
    }

    /** How long it is not to be tried, in milliseconds. @param {TransportName} name */
    #pause(name) {
        return (this.#block(name)?.until ?? 0) - this.#now();
    }

    /** @param {TransportName} name */
    #block(name) {
        return blocked.get(this.#key(name));
    }

    /** @param {TransportName} name */
    #key(name) {
        return `${this.#server} ${name}`;
    }
}
