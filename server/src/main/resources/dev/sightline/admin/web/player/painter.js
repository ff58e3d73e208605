/** @typedef {import('./header.js').Header} Header */

/**
 * Paints pictures onto a canvas, always the newest: one is being decoded, one may wait for that, one may wait for the
 * screen; any picture that a newer one overtakes is dropped and counted. An older picture never follows a newer one.
 */
export class Painter {
    /** Pictures that arrived and were not painted, because a newer one was there or they could not be decoded. */
    dropped = 0;

    #canvas;
    #context;
    #onPainted;
    #round = 0;
    #newest = 0;
    #decoding = false;
    /** @type {{header: Header, jpeg: Blob} | undefined} */
    #waiting;
    /** @type {{header: Header, picture: Drawable} | undefined} */
    #decoded;

    /**
     * @param {HTMLCanvasElement} canvas
     * @param {(header: Header) => void} onPainted called right after a picture was painted
     */
    constructor(canvas, onPainted) {
        this.#canvas = canvas;
        this.#context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d', { alpha: false }));
        this.#onPainted = onPainted;
    }

    /** Starts the numbering over: what was offered before and is not painted yet never will be. */
    startOver() {
        this.#round++;
        this.#newest = 0;
        this.#waiting = undefined;
        this.#decoded?.picture.close();
        this.#decoded = undefined;
    }

    /**
     * @param {Header} header
     * @param {Blob} jpeg
     */
    offer(header, jpeg) {
        if (header.seq <= this.#newest) {
            return;
        }
        this.#newest = header.seq;
        this.dropped += this.#waiting ? 1 : 0;
        this.#waiting = { header, jpeg };
        this.#decodeNext();
    }

    async #decodeNext() {
        if (this.#decoding || !this.#waiting) {
            return;
        }
        const { header, jpeg } = this.#waiting;
        const round = this.#round;
        this.#waiting = undefined;
        this.#decoding = true;
        try {
            this.#keep(round, header, await decode(jpeg));
        } catch {
            this.dropped++;
        } finally {
            this.#decoding = false;
            this.#decodeNext();
        }
    }

    /**
     * @param {number} round
     * @param {Header} header
     * @param {Drawable} picture
     */
    #keep(round, header, picture) {
        if (round !== this.#round) {
            picture.close();
            return;
        }
        if (this.#decoded) {
            this.#decoded.picture.close();
            this.dropped++;
        } else {
            requestAnimationFrame(() => this.#paint());
        }
        this.#decoded = { header, picture };
    }

    #paint() {
        if (!this.#decoded) {
            return;
        }
        const { header, picture } = this.#decoded;
        this.#decoded = undefined;
        if (this.#canvas.width !== picture.width || this.#canvas.height !== picture.height) {
            this.#canvas.width = picture.width;
            this.#canvas.height = picture.height;
        }
        this.#context.drawImage(picture.source, 0, 0);
        picture.close();
        this.#onPainted(header);
    }
}

/**
 * A decoded picture.
 *
 * @typedef {object} Drawable
 * @property {CanvasImageSource} source
 * @property {number} width
 * @property {number} height
 * @property {() => void} close gives its memory back
 */

/**
 * Decodes a JPEG, beside the page's thread where the browser can.
 *
 * @param {Blob} jpeg
 * @returns {Promise<Drawable>}
 */
async function decode(jpeg) {
    if (typeof createImageBitmap === 'function') {
        const bitmap = await createImageBitmap(jpeg);
        return { source: bitmap, width: bitmap.width, height: bitmap.height, close: () => bitmap.close() };
    }
    const image = new Image();
    image.src = URL.createObjectURL(jpeg);
    const close = () => URL.revokeObjectURL(image.src);
    try {
        await image.decode();
    } catch (broken) {
        close();
        throw broken;
    }
    return { source: image, width: image.naturalWidth, height: image.naturalHeight, close };
}
