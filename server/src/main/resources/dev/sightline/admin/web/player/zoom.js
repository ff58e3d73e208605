import { Viewport } from './viewport.js';

/** One step of the keys. */
const STEP = 1.25;

/** One step of the arrow keys, as a part of the element. */
const PAN = 0.1;

/** A wheel that turns by so many pixels zooms e-fold; the pinch of a touchpad comes as small turns with Ctrl held. */
const WHEEL = 500;
const PINCH = 100;

/** A wheel counts pixels, lines or pages: so many pixels each. */
const UNITS = [1, 16, 400];

/** A finger that moves by no more than so many pixels has tapped. */
const TAP = 8;

/**
 * Digital zoom of what an element shows: wheel or pinch about the pointer, drag to move, and by call. The element draws it
 * while it has the attribute `zoomed`, from its style properties `--zoom` and `--pan`.
 */
export class Zoom {
    #element;
    #onChange;
    #viewport = new Viewport();
    /** Fingers and buttons that are down: where each is. @type {Map<number, {x: number, y: number}>} */
    #down = new Map();
    #moved = 0;

    /**
     * @param {HTMLElement} element
     * @param {() => void} onChange called when the scale has changed
     */
    constructor(element, onChange) {
        this.#element = element;
        this.#onChange = onChange;
        element.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
        element.addEventListener('pointerdown', (event) => this.#press(event));
        element.addEventListener('pointermove', (event) => this.#drag(event));
        for (const end of ['pointerup', 'pointercancel']) {
            element.addEventListener(end, (event) => this.#down.delete(/** @type {PointerEvent} */ (event).pointerId));
        }
        addEventListener('resize', () => this.#move(0, 0));
    }

    /** How large the picture is shown; 1 is as a whole. */
    get scale() {
        return this.#viewport.scale;
    }

    /** Whether what the pointer did last was more than a tap. */
    get dragged() {
        return this.#moved > TAP;
    }

    /** A step nearer, or farther, about the middle. @param {1 | -1} direction */
    step(direction) {
        const { width, height } = this.#element.getBoundingClientRect();
        this.#zoom(STEP ** direction, width / 2, height / 2);
    }

    /**
     * Looks to another side, in steps.
     *
     * @param {number} right
     * @param {number} down
     */
    look(right, down) {
        const { width, height } = this.#element.getBoundingClientRect();
        this.#move(-right * PAN * width, -down * PAN * height);
    }

    /** The whole picture again. */
    reset() {
        this.#zoom(1 / this.scale, 0, 0);
    }

    /** @param {WheelEvent} event */
    #wheel(event) {
        event.preventDefault();
        const turned = event.deltaY * UNITS[event.deltaMode];
        const { x, y } = this.#inside(event);
        this.#zoom(Math.exp(-turned / (event.ctrlKey ? PINCH : WHEEL)), x, y);
    }

    /** @param {PointerEvent} event */
    #press(event) {
        if (event.button !== 0) {
            return; // where it opens a menu, the page never hears of its end
        }
        this.#moved = this.#down.size > 0 ? Infinity : 0;
        this.#down.set(event.pointerId, this.#inside(event));
        this.#element.setPointerCapture(event.pointerId);
    }

    /** @param {PointerEvent} event */
    #drag(event) {
        const before = this.#down.get(event.pointerId);
        if (!before) {
            return;
        }
        const now = this.#inside(event);
        const other = [...this.#down].find(([id]) => id !== event.pointerId)?.[1];
        this.#moved += Math.hypot(now.x - before.x, now.y - before.y);
        this.#down.set(event.pointerId, now);
        if (other) {
            const distance = (/** @type {{x: number, y: number}} */ { x, y }) => Math.max(1, Math.hypot(x - other.x, y - other.y));
            this.#zoom(distance(now) / distance(before), (now.x + other.x) / 2, (now.y + other.y) / 2);
            this.#move((now.x - before.x) / 2, (now.y - before.y) / 2);
        } else {
            this.#move(now.x - before.x, now.y - before.y);
        }
    }

    /**
     * @param {number} factor
     * @param {number} x about which point of the element, which stays where it is
     * @param {number} y
     */
    #zoom(factor, x, y) {
        this.#viewport.zoom(factor, x, y, this.#element.getBoundingClientRect());
        this.#draw();
        this.#onChange();
    }

    /**
     * @param {number} right in pixels, as far as the picture reaches
     * @param {number} down
     */
    #move(right, down) {
        this.#viewport.move(right, down, this.#element.getBoundingClientRect());
        this.#draw();
    }

    #draw() {
        const { scale, x, y } = this.#viewport;
        const { style } = this.#element;
        // Only what is zoomed has a layer of its own, which costs something for each picture.
        this.#element.toggleAttribute('zoomed', scale !== 1);
        style.setProperty('--zoom', String(scale));
        style.setProperty('--pan', `${x}px ${y}px`);
    }

    /** @param {MouseEvent} event */
    #inside({ clientX, clientY }) {
        const { left, top } = this.#element.getBoundingClientRect();
        return { x: clientX - left, y: clientY - top };
    }
}
