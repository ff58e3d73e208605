import { NOT_OFFERED } from '../player/problem.js';
import { troubles } from '../player/words.js';

/**
 * A name may still be held by this page's own lost connection for so many milliseconds: the server waits that long for a
 * publisher that has vanished.
 */
const OWN_GHOST = 7_000;

/**
 * When this page may last have held the name, by video or by JPEGs: also where an attempt brought no answer, the server may
 * have let it in.
 */
let heldAt = -Infinity;

/** Without an answer for so many milliseconds, what is shown is no longer what the camera sees. */
const SILENCE = 2_000;

/**
 * Where the sending stands: `connecting` (nothing has come back yet), `live` (answers come), `silent` (none lately), `taken`
 * (another one has the name; over until it begins again), else why there is no connection at present.
 *
 * @typedef {'connecting' | 'live' | 'silent' | import('../player/connection.js').Trouble} Phase
 */

/** Knows where the sending stands, by video or by JPEGs. */
export class PublisherStatus {
    /** @type {Phase} */
    phase = 'connecting';

    /** What the server says about it, for people. */
    reason = '';

    /** What is wrong with the steps that work on the pictures, a sentence each. @type {string[]} */
    troubles = [];

    #onChange;
    #now;
    #answeredAt = -Infinity;

    /**
     * @param {() => void} onChange called when the phase or the reason has changed
     * @param {() => number} [now] milliseconds
     */
    constructor(onChange, now = () => performance.now()) {
        this.#onChange = onChange;
        this.#now = now;
    }

    /** It begins, perhaps again. */
    begin() {
        this.phase = 'connecting';
        this.reason = '';
        this.troubles = [];
        this.#onChange();
    }

    /** This page sent by another publisher just now: that session may hold the name for a while. */
    succeed() {
        this.#answeredAt = this.#now();
    }

    /** What was made of a picture is here. */
    answered() {
        this.#answeredAt = heldAt = this.#now();
        this.#change('live', '');
    }

    /** What the server says of the stream. @param {any} message */
    heard({ type, processors, detail }) {
        if (type === 'error') {
            this.complain(detail);
        } else if (type === 'state') {
            this.troubles = troubles(processors);
            this.#onChange();
        }
    }

    /** Something is wrong that does not end it. @param {string} reason */
    complain(reason) {
        this.#change(this.phase, reason);
    }

    /** Looks whether answers still come; to be called now and then. */
    look() {
        if (this.phase === 'live' && this.#now() - this.#answeredAt > SILENCE) {
            this.#change('silent', '');
        }
    }

    /**
     * @param {import('../player/connection.js').Trouble} trouble
     * @param {string} reason
     */
    lost(trouble, reason) {
        const ghost = trouble === 'taken' && this.#now() - heldAt < OWN_GHOST;
        if (trouble === 'reconnecting' || (trouble === 'blocked' && reason !== NOT_OFFERED)) {
            heldAt = this.#now();
        }
        const lost = trouble === 'reconnecting' ? '' : reason;
        this.#change(ghost ? 'reconnecting' : trouble, ghost ? 'the server still waits for the lost connection' : lost);
    }

    /**
     * @param {Phase} phase
     * @param {string} reason
     */
    #change(phase, reason) {
        if (phase !== this.phase || reason !== this.reason) {
            this.phase = phase;
            this.reason = reason;
            this.#onChange();
        }
    }
}
