/**
 * Whether the page draws what was found in the pictures of a stream: as the user chose, which the browser keeps for each
 * stream, else where no step can have drawn it into them.
 */
export class BoxesChoice {
    #key;
    #storage;
    /** @type {string | undefined} */
    #chosen;

    /**
     * @param {string} stream its name
     * @param {Pick<Storage, 'getItem' | 'setItem'>} [storage]
     */
    constructor(stream, storage) {
        this.#key = `sightline-boxes/${stream}`;
        this.#storage = storage;
        this.#chosen = this.#kept();
    }

    /** @param {boolean} changesPicture whether a step may draw into the pictures */
    drawn(changesPicture) {
        return this.#chosen ? this.#chosen === 'drawn' : !changesPicture;
    }

    /** @param {boolean} drawn */
    choose(drawn) {
        this.#chosen = drawn ? 'drawn' : 'burnt-in';
        try {
            this.#storage?.setItem(this.#key, this.#chosen);
        } catch {
            // It holds for this page.
        }
    }

    #kept() {
        try {
            return this.#storage?.getItem(this.#key) ?? undefined;
        } catch {
            return undefined; // a browser that keeps nothing
        }
    }
}
