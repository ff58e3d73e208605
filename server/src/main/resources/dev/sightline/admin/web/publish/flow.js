import { SlidingWindow } from '../player/sliding-window.js';

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
    #now;
    #sent;
    #answers;

    /** @param {() => number} [now] milliseconds */
    constructor(now = () => performance.now()) {
        this.#now = now;
        this.#sent = new SlidingWindow(now);
        this.#answers = new SlidingWindow(now);
    }

    /** A new connection: what was on its way is lost, and rates start over. */
    startOver() {
        this.lost += this.#unanswered.size;
        this.#unanswered.clear();
        this.#sent.clear();
        this.#answers.clear();
    }

    /** Whether one more may be sent now. */
    get ready() {
        const now = this.#now();
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
        this.#unanswered.set(seq, { captureTime, at: this.#now() });
        this.#sent.add(bytes);
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
        this.#answers.add(this.#now() - ours.at);
        this.#unanswered.delete(seq);
        for (const earlier of [...this.#unanswered.keys()].filter((other) => other < seq)) {
            this.#unanswered.delete(earlier);
            this.lost++;
        }
        return true;
    }

    /** From the sending of a picture to its answer in milliseconds, a mean; NaN where none came lately. */
    get roundTrip() {
        return this.#answers.mean;
    }

    /** Pictures sent per second. */
    get sentRate() {
        return this.#sent.rate;
    }

    /** What goes over the network, upwards. */
    get bitsPerSecond() {
        return 8 * this.#sent.rate * (this.#sent.mean || 0);
    }

    /** Answers per second. */
    get answerRate() {
        return this.#answers.rate;
    }
}
