import { fitted, seen, shown } from './geometry.js';
import { between, clipped, isDrawn, shifted, stretched } from './region.js';
import { rectangle as told } from './words.js';

/**
 * @typedef {import('./region.js').Rect} Rect
 * @typedef {import('./steps.js').Step} Step
 *
 * @typedef {object} Drawing what is drawn
 * @property {number} id the step's
 * @property {() => Rect} rect as it is now, in fractions of the frame that the step gets
 * @property {(rect: Rect) => void} onDraw
 */

/** How far an arrow key goes, as a fraction. */
const KEY_STEP = 0.01;

/** By key, across and down. @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Draws a rectangle on the picture: with the mouse, a finger, or arrow keys. */
export class Pen {
    #root;
    #outline;
    #player;
    #steps;
    #say;
    /** @type {Drawing | undefined} */
    #drawing;
    /** Where the drag began and is now, in fractions of the picture. @type {{from: {x: number, y: number}, rect: Rect} | undefined} */
    #drag;

    /**
     * @param {HTMLElement} root over the picture
     * @param {import('../sightline-player.js').SightlinePlayer} player
     * @param {() => Step[]} steps
     * @param {(text: string) => void} say to those who do not see it
     */
    constructor(root, player, steps, say) {
        this.#root = root;
        this.#outline = /** @type {HTMLElement} */ (root.firstElementChild);
        this.#player = player;
        this.#steps = steps;
        this.#say = say;
        root.addEventListener('pointerdown', (event) => this.#begin(event));
        root.addEventListener('pointermove', (event) => this.#move(event));
        root.addEventListener('pointerup', () => this.#end());
        root.addEventListener('pointercancel', () => {
            this.#drag = undefined;
            this.show();
        });
        root.addEventListener('keydown', (event) => this.#key(event));
        new ResizeObserver(() => this.show()).observe(root);
    }

    /** The step whose rectangle is drawn, if any. */
    get step() {
        return this.#drawing?.id;
    }

    /** @param {Drawing} drawing */
    use(drawing) {
        this.#drawing = drawing;
        this.#root.hidden = false;
        this.#root.focus();
        this.show();
    }

    /** Ends the drawing. */
    rest() {
        this.#drawing = undefined;
        this.#drag = undefined;
        this.#root.hidden = true;
    }

    /** Shows the rectangle where it is now. */
    show() {
        if (!this.#drawing) {
            return;
        }
        const whole = this.#drag?.rect ?? shown(this.#drawing.rect(), this.#steps(), this.#drawing.id);
        const rect = clipped(whole);
        const { left, top, width, height } = this.#frame();
        const pixels = {
            left: left + rect.left * width, top: top + rect.top * height, width: (rect.right - rect.left) * width, height: (rect.bottom - rect.top) * height,
        };
        Object.entries(pixels).forEach(([name, value]) => this.#outline.style.setProperty(name, `${value}px`));
    }

    /** Where the picture is, in pixels of this element. */
    #frame() {
        const { clientWidth: width, clientHeight: height } = this.#root;
        return fitted({ width, height }, this.#player.header ?? { width: 16, height: 9 });
    }

    /** @param {PointerEvent} event */
    #point(event) {
        const box = this.#root.getBoundingClientRect();
        const { left, top, width, height } = this.#frame();
        return { x: (event.clientX - box.left - left) / width, y: (event.clientY - box.top - top) / height };
    }

    /** @param {PointerEvent} event */
    #begin(event) {
        if (event.button === 0) {
            this.#root.setPointerCapture(event.pointerId);
            const from = this.#point(event);
            this.#drag = { from, rect: between(from, from) };
        }
    }

    /** @param {PointerEvent} event */
    #move(event) {
        if (this.#drag) {
            this.#drag.rect = between(this.#drag.from, this.#point(event));
            this.show();
        }
    }

    /** Sent at the end: a crop changes the picture that is drawn on. */
    #end() {
        const drag = this.#drag;
        this.#drag = undefined;
        if (drag && this.#drawing && isDrawn(drag.rect)) {
            this.#draw(seen(drag.rect, this.#steps(), this.#drawing.id));
        }
        this.show();
    }

    /** @param {Rect} rect */
    #draw(rect) {
        this.#drawing?.onDraw(rect);
        this.#say(told(rect));
        this.show();
    }

    /** @param {KeyboardEvent} event */
    #key(event) {
        const arrow = ARROWS[event.key];
        if (arrow && this.#drawing && !event.altKey && !event.ctrlKey && !event.metaKey) {
            event.preventDefault();
            const [across, down] = arrow.map((way) => way * KEY_STEP);
            this.#draw((event.shiftKey ? stretched : shifted)(this.#drawing.rect(), across, down));
        }
    }
}
