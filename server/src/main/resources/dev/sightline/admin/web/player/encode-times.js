/**
 * How long an encoder took for a picture, told with a later one.
 *
 * @typedef {{seq: number, codec: string, width: number, height: number, encode: number}} Told in milliseconds
 *
 * @typedef {{seq: number, codec: string, width: number, height: number}} Frame on the screen; `codec` is empty where that is not known
 */

/** So many times are kept for pictures that are still to come. */
const KEPT = 256;

/** A picture's time is told with one of the next so many; what passes through the server has none. */
const LATER = 3;

/** Brings pictures and the times of their encoders together. */
export class EncodeTimes {
    /** @type {Told[]} */
    #told = [];
    /** @type {{frame: Frame, patience: number, resolve: (encode: number) => void}[]} */
    #waiting = [];

    /** The next picture is told of, and with it these times. @param {Told[]} told */
    add(told) {
        this.#told = [...this.#told, ...told].slice(-KEPT);
        this.#waiting = this.#waiting.filter((each) => !this.#answer(each));
    }

    /**
     * The time of a picture, as soon as it is known; NaN if it has none.
     *
     * @param {Frame} frame
     * @returns {Promise<number>}
     */
    of(frame) {
        return new Promise((resolve) => {
            const waiting = { frame, patience: LATER + 1, resolve };
            if (!this.#answer(waiting)) {
                this.#waiting.push(waiting);
            }
        });
    }

    /** @param {{frame: Frame, patience: number, resolve: (encode: number) => void}} waiting @returns {boolean} */
    #answer(waiting) {
        const { seq, codec, width, height } = waiting.frame;
        const told = this.#told.find((each) =>
            each.seq === seq && each.width === width && each.height === height && (codec === '' || each.codec === codec));
        if (!told && --waiting.patience > 0) {
            return false;
        }
        waiting.resolve(told?.encode ?? NaN);
        return true;
    }
}
