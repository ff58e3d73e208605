import { draw } from './draw.js';
import { place, visible, zoomOf } from './place.js';
import { shapes } from './shapes.js';

/**
 * @typedef {import('./place.js').Size} Size
 * @typedef {import('./shapes.js').Shapes} Shapes
 */

/**
 * Draws what was found in the picture on the screen over it, on a canvas in device pixels, which follows that picture
 * wherever it lies: letterboxed, resized and zoomed. Costs nothing while it is off.
 */
export class Overlay {
    canvas = document.createElement('canvas');

    #host;
    #context = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext('2d'));
    #sizes = new ResizeObserver(([entry]) => this.#resized(entry));
    #zooms = new MutationObserver(() => this.#paint());
    #on = false;
    #dirty = false;
    /** @type {{found: Shapes, picture: Size} | undefined} */
    #shown;

    /** @param {HTMLElement} host the element that shows the picture */
    constructor(host) {
        this.#host = host;
        this.canvas.className = 'overlay';
        this.canvas.ariaHidden = 'true';
        this.canvas.hidden = true;
    }

    get on() {
        return this.#on;
    }

    set on(on) {
        if (on === this.#on) {
            return;
        }
        this.#on = on;
        this.canvas.hidden = !on;
        this.clear();
        if (on) {
            this.#observeSize();
            this.#zooms.observe(this.#host, { attributeFilter: ['zoomed', 'style'] });
        } else {
            this.#sizes.disconnect();
            this.#zooms.disconnect();
        }
    }

    /** How many shapes are drawn now. */
    get drawn() {
        return this.#shown?.found.count ?? 0;
    }

    /** How many shapes of this picture are not drawn: there are too many, or they are malformed. */
    get leftOut() {
        return this.#shown?.found.leftOut ?? 0;
    }

    /**
     * Another picture is on the screen.
     *
     * @param {Record<string, any>} metadata of exactly that picture
     * @param {Size} picture its size
     */
    show(metadata, picture) {
        if (this.#on) {
            this.#shown = { found: shapes(metadata), picture };
            this.#paint();
        }
    }

    /** Another picture is on the screen, and what was found in it is not known. */
    clear() {
        this.#shown = undefined;
        this.#paint();
    }

    #observeSize() {
        try {
            this.#sizes.observe(this.canvas, { box: 'device-pixel-content-box' });
        } catch {
            this.#sizes.observe(this.canvas); // Safari does not say how many device pixels there are
        }
    }

    /** @param {ResizeObserverEntry} entry */
    #resized({ devicePixelContentBoxSize, contentRect }) {
        const [{ inlineSize, blockSize } = { inlineSize: 0, blockSize: 0 }] = devicePixelContentBoxSize ?? [];
        this.canvas.width = inlineSize || Math.round(contentRect.width * devicePixelRatio);
        this.canvas.height = blockSize || Math.round(contentRect.height * devicePixelRatio);
        this.#dirty = false; // that has cleared it
        this.#paint();
    }

    #paint() {
        const { width, height } = this.canvas;
        if (this.#dirty) {
            this.#context.clearRect(0, 0, width, height);
        }
        this.#dirty = this.drawn > 0;
        if (this.#shown && this.#dirty) {
            const { found, picture } = this.#shown;
            const lies = place(this.canvas, picture, zoomOf(this.#host, devicePixelRatio));
            draw(this.#context, found, lies, visible(lies, this.canvas), devicePixelRatio);
        }
    }
}
