/**
 * Where something that is dragged to a height lands.
 *
 * @param {number[]} middles of all in the list, from the top, before the drag
 * @param {number} from its place, from 0
 * @param {number} height where its middle is now
 * @returns {number} its new place
 */
export function landing(middles, from, height) {
    return middles.filter((middle, i) => i !== from && middle < height).length;
}

/** Lets the elements of a list be dragged by their handles: by mouse, pen or finger. */
export class Reorder {
    #list;
    #onPlace;
    /** @type {{item: HTMLElement, from: number, place: number, startY: number, boxes: DOMRect[]} | undefined} */
    #drag;

    /**
     * @param {HTMLElement} list
     * @param {string} handle its selector
     * @param {(item: HTMLElement, place: number) => void} onPlace
     */
    constructor(list, handle, onPlace) {
        this.#list = list;
        this.#onPlace = onPlace;
        list.addEventListener('pointerdown', (event) => {
            const grip = /** @type {HTMLElement} */ (event.target).closest(handle);
            if (event.button === 0 && grip instanceof HTMLButtonElement && !grip.disabled) {
                this.#begin(event, grip);
            }
        });
        list.addEventListener('pointermove', (event) => this.#move(event.clientY));
        list.addEventListener('pointerup', () => this.#end(true));
        list.addEventListener('pointercancel', () => this.#end(false));
        list.addEventListener('keydown', (event) => event.key === 'Escape' && this.#end(false));
    }

    /** Whether something is dragged now. */
    get active() {
        return this.#drag !== undefined;
    }

    /** @param {PointerEvent} event @param {HTMLElement} grip */
    #begin(event, grip) {
        const items = /** @type {HTMLElement[]} */ ([...this.#list.children]);
        const from = items.findIndex((item) => item.contains(grip));
        grip.setPointerCapture(event.pointerId);
        this.#drag = { item: items[from], from, place: from, startY: event.clientY, boxes: items.map((item) => item.getBoundingClientRect()) };
        items[from].classList.add('dragged');
    }

    /** @param {number} y */
    #move(y) {
        if (!this.#drag) {
            return;
        }
        const { item, from, startY, boxes } = this.#drag;
        const middles = boxes.map(({ top, height }) => top + height / 2);
        const place = landing(middles, from, middles[from] + y - startY);
        this.#drag.place = place;
        item.style.translate = `0 ${y - startY}px`;
        const room = boxes[from].height + 8;
        [...this.#list.children].forEach((other, i) => {
            const shift = (i > from && i <= place ? -room : 0) + (i < from && i >= place ? room : 0);
            if (other !== item) {
                /** @type {HTMLElement} */ (other).style.translate = `0 ${shift}px`;
            }
        });
    }

    /** @param {boolean} done */
    #end(done) {
        const drag = this.#drag;
        this.#drag = undefined;
        if (!drag) {
            return;
        }
        drag.item.classList.remove('dragged');
        [...this.#list.children].forEach((item) => (/** @type {HTMLElement} */ (item).style.translate = ''));
        if (done && drag.place !== drag.from) {
            this.#onPlace(drag.item, drag.place);
        }
    }
}
