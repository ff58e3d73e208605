// @ts-check
import { NOT_OFFERED } from '../player/problem.js';
import { troubles } from '../player/words.js';

/**
 * A name may still be held by this page's own lost connection for so many milliseconds: the server waits that long for a
 * publisher that has vanished.
 */
const OWN_GHOST = 7_000;

/**
 * When this page may last have held the name, whichever way it sent: also where an attempt brought no answer, the server may
 * have let it in.
 */
let heldAt = -Infinity;

/** Without an answer for so many milliseconds, what is shown is no longer what the camera sees. */
const SILENCE = 2_000;

/**
 * Where the sending stands: `connecting` (nothing has come back yet), `live` (answers come), `silent` (none lately), `taken`
 * (another one has the name; over until it is begun anew), else why there is no connection at present.
 *
 * @typedef {'connecting' | 'live' | 'silent' | import('../player/connection.js').Trouble} Phase
 */

/** Knows where the sending stands, whichever way it goes. */
export class Standing {
    /** @type {Phase} */
    phase = 'connecting';

    /** What the server says about it, for people. */
    reason = '';

    /** What is wrong with the steps that work on the pictures, a sentence each. @type {string[]} */
    troubles = [];

    #onChange;
    #answeredAt = -Infinity;

    /** @param {() => void} onChange called when the phase or the reason has changed */
    constructor(onChange) {
        this.#onChange = onChange;
    }

    /** It begins, perhaps anew. */
    begin() {
        this.phase = 'connecting';
        this.reason = '';
        this.troubles = [];
        this.#onChange();
    }

    /** This page sent another way just now: that session may hold the name for a while. */
    succeed() {
        this.#answeredAt = performance.now();
    }

    /** What was made of a picture is here. */
    answered() {
        this.#answeredAt = heldAt = performance.now();
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
        if (this.phase === 'live' && performance.now() - this.#answeredAt > SILENCE) {
            this.#change('silent', '');
        }
    }

    /**
     * @param {import('../player/connection.js').Trouble} trouble
     * @param {string} reason
     */
    lost(trouble, reason) {
        const ghost = trouble === 'taken' && performance.now() - heldAt < OWN_GHOST;
        if (trouble === 'reconnecting' || (trouble === 'barred' && reason !== NOT_OFFERED)) {
            heldAt = performance.now();
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
