/** So many pictures wait for their counterpart at most: at 30 a second, two seconds. */
const MOST = 60;

/**
 * Finds the counterpart of the picture on the screen among pictures that come by another way, sooner or later than that. One
 * whose own counterpart never comes is represented by the newest before it.
 *
 * @template Picture
 */
export class Pairing {
    /** In the order of their numbers. @type {{seq: number, picture: Picture}[]} */
    #waiting = [];
    #shown = 0;

    /**
     * A picture has come.
     *
     * @param {number} seq
     * @param {Picture} picture
     * @returns {{seq: number, picture: Picture} | undefined} what is to be shown now, if that is another
     */
    come(seq, picture) {
        this.#waiting = [...this.#waiting.slice(1 - MOST), { seq, picture }];
        return this.#next();
    }

    /**
     * The counterpart's number is on the screen.
     *
     * @param {number} seq
     * @returns {{seq: number, picture: Picture} | undefined} what is to be shown now, if that is another
     */
    shown(seq) {
        this.#shown = seq;
        return this.#next();
    }

    #next() {
        const next = this.#waiting.filter(({ seq }) => seq <= this.#shown).at(-1);
        this.#waiting = this.#waiting.filter(({ seq }) => seq > this.#shown);
        return next;
    }
}
