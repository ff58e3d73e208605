// @ts-check
import { add, lately, rate } from '../player/statistics.js';

/** So many pictures may be on their way at once; a picture more would only wait somewhere. */
const UNANSWERED = 2;

/** A picture that has had no answer for so many milliseconds gets none: another one was newer. */
const PATIENCE = 3_000;

/**
 * What is on its way to the server and back: whether one more picture may be sent, and figures about those before.
 *
 * The server answers the newest picture it has, so an answer settles all pictures sent before that one too.
 */
export class Flow {
    /** Pictures that were not sent, because earlier ones had no answer yet. */
    skipped = 0;

    /** Pictures that were sent and never answered. */
    lost = 0;

    /** The unanswered pictures by number: when each was taken and sent. @type {Map<number, {captureTime: number, at: number}>} */
    #unanswered = new Map();
    /** @type {{at: number, bytes: number}[]} */
    #sent = [];
    /** @type {{at: number, trip: number}[]} */
    #answers = [];

    /** A new connection: what was on its way is lost, and rates begin anew. */
    startOver() {
        this.lost += this.#unanswered.size;
        this.#unanswered.clear();
        this.#sent = [];
        this.#answers = [];
    }

    /** Whether one more may be sent now. */
    get ready() {
        const now = performance.now();
        for (const [seq, { at }] of this.#unanswered) {
            if (now - at > PATIENCE) {
                this.#unanswered.delete(seq);
                this.lost++;
            }
        }
        return this.#unanswered.size < UNANSWERED;
    }

    /**
     * @param {number} seq of a picture sent now
     * @param {number} captureTime of the same
     * @param {number} bytes its size
     */
    sent(seq, captureTime, bytes) {
        const at = performance.now();
        this.#unanswered.set(seq, { captureTime, at });
        add(this.#sent, { at, bytes });
    }

    /**
     * @param {{seq: number, captureTime: number}} from the picture whose answer is here
     * @returns whether that is one of ours: who waits for a name watches the pictures of the one who has it
     */
    answered({ seq, captureTime }) {
        const ours = this.#unanswered.get(seq);
        if (!ours || Math.abs(ours.captureTime - captureTime) > 0.01) {
            return false;
        }
        const at = performance.now();
        add(this.#answers, { at, trip: at - ours.at });
        this.#unanswered.delete(seq);
        for (const earlier of [...this.#unanswered.keys()].filter((other) => other < seq)) {
            this.#unanswered.delete(earlier);
            this.lost++;
        }
        return true;
    }

    /** From the sending of a picture to its answer in milliseconds, a mean; NaN where none came lately. */
    get roundTrip() {
        const answers = lately(this.#answers);
        return answers.reduce((sum, { trip }) => sum + trip, 0) / answers.length;
    }

    /** Pictures sent per second. */
    get sentRate() {
        return rate(this.#sent, 1);
    }

    /** What goes over the network, upwards. */
    get bitsPerSecond() {
        const sent = lately(this.#sent);
        return rate(this.#sent, (8 * sent.reduce((sum, { bytes }) => sum + bytes, 0)) / (sent.length || 1));
    }

    /** Answers per second. */
    get answerRate() {
        return rate(this.#answers, 1);
    }
}
