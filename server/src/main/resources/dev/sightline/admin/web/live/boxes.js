import { hasShapes } from '../player/overlay/shapes.js';
import { BoxesChoice } from './boxes-choice.js';

/**
 * The control by which the user has what was found drawn over the pictures, or sees only what the server drew into them. It
 * is there once something was found.
 */
export class BoxesControl {
    #button;
    #player;
    #choice;
    #changesPicture = true;
    #known = false;

    /**
     * @param {HTMLElement} button
     * @param {import('../sightline-player.js').SightlinePlayer} player
     * @param {string} stream its name
     */
    constructor(button, player, stream) {
        this.#button = button;
        this.#player = player;
        this.#choice = new BoxesChoice(stream, storage());
        const look = (/** @type {Event} */ event) => {
            if (hasShapes(/** @type {CustomEvent} */ (event).detail.metadata)) {
                player.removeEventListener('picture', look);
                button.hidden = false;
            }
        };
        player.addEventListener('picture', look);
        button.addEventListener('click', () => this.toggle());
    }

    /** The server has said whether a step may draw into the pictures. @param {boolean} changesPicture */
    learn(changesPicture) {
        this.#changesPicture = changesPicture;
        this.#known = true;
        this.#show();
    }

    /** The other way, if there is something to draw. */
    toggle() {
        if (!this.#button.hidden) {
            this.#choice.choose(!this.#player.hasAttribute('overlay'));
            this.#known = true;
            this.#show();
        }
    }

    #show() {
        const drawn = this.#known && this.#choice.drawn(this.#changesPicture);
        this.#player.toggleAttribute('overlay', drawn);
        this.#button.setAttribute('aria-pressed', String(drawn));
        this.#button.title = drawn ? 'Boxes are drawn over the picture (b)' : 'Boxes are not drawn over the picture (b)';
    }
}

/** Where the browser keeps what the user chose, if it does. */
function storage() {
    try {
        return localStorage;
    } catch {
        return undefined;
    }
}
