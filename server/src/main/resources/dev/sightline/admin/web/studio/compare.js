import { write } from '../dom.js';
import { Unprocessed } from './unprocessed.js';

/** What the picture can be compared with, in words that follow "the picture". @type {Record<string, string>} */
const WORDS = { steps: 'before the first step', change: 'before the last change' };

/**
 * Another picture beside the live one, as far as a slider reveals it: the same frame before the first step, live, or a still from
 * before the last change.
 *
 * @typedef {object} Parts
 * @property {HTMLElement} screen what both pictures lie in
 * @property {HTMLCanvasElement} canvas for the other picture
 * @property {HTMLSelectElement} choice what to compare with
 * @property {HTMLInputElement} slider how much of it is seen, in percent
 * @property {HTMLElement} label names it on the screen
 */
export class Compare {
    #player;
    #stream;
    #parts;
    #still = document.createElement('canvas');
    /** @type {Unprocessed | undefined} */
    #unprocessed;
    #painted = false;
    #onTrouble;

    /**
     * @param {import('../sightline-player.js').SightlinePlayer} player
     * @param {string} stream its name
     * @param {Parts} parts
     * @param {(reason: string) => void} onTrouble why there is nothing to compare with
     */
    constructor(player, stream, parts, onTrouble) {
        this.#player = player;
        this.#stream = stream;
        this.#parts = parts;
        this.#onTrouble = onTrouble;
        const show = () => this.#show();
        parts.slider.addEventListener('input', show);
        parts.choice.addEventListener('input', () => this.#startOver());
        document.addEventListener('visibilitychange', show);
        player.addEventListener('situation', show);
        this.allow(false);
    }

    /** Takes the still: something is about to change. */
    take() {
        const { canvas, header } = this.#player;
        if (!header || canvas.width === 0) {
            return;
        }
        copy(canvas, this.#still);
        this.#option('change').disabled = false;
        this.#show();
    }

    /** @param {boolean} allowed whether this page may see what the steps hide */
    allow(allowed) {
        const { choice } = this.#parts;
        this.#option('steps').disabled = !allowed;
        if (this.#option(choice.value).disabled) {
            choice.value = allowed || this.#option('change').disabled ? 'steps' : 'change';
        }
        this.#show();
    }

    /** @param {string} value @returns {HTMLOptionElement} */
    #option(value) {
        return /** @type {HTMLOptionElement} */ (this.#parts.choice.querySelector(`[value="${value}"]`));
    }

    #startOver() {
        this.#end();
        this.#show();
    }

    #end() {
        this.#unprocessed?.close();
        this.#unprocessed = undefined;
        this.#painted = false;
    }

    #show() {
        const { choice, slider, canvas, screen, label } = this.#parts;
        const percent = slider.valueAsNumber;
        slider.disabled = this.#option(choice.value).disabled;
        const comparing = !slider.disabled && percent > 0 && !document.hidden;
        if (!comparing) {
            this.#end();
        } else if (choice.value === 'change') {
            copy(this.#still, canvas);
            this.#painted = true;
        } else {
            this.#unprocessed ??= this.#open();
        }
        canvas.hidden = !comparing || !this.#painted || this.#player.telling; // what is said over the picture is to be read
        canvas.ariaLabel = `The picture ${WORDS[choice.value]}`;
        write(label, WORDS[choice.value]);
        screen.classList.toggle('comparing', !canvas.hidden);
        screen.style.setProperty('--reveal', `${percent}%`);
        slider.ariaValueText = percent === 0 ? 'only the live picture' : `${percent} % of the picture ${WORDS[choice.value]}`;
    }

    #open() {
        return new Unprocessed(this.#player, this.#stream, this.#parts.canvas, {
            onPainted: () => {
                if (!this.#painted) {
                    this.#painted = true;
                    this.#show();
                }
            },
            onTrouble: this.#onTrouble,
        });
    }
}

/** @param {HTMLCanvasElement} from @param {HTMLCanvasElement} to */
function copy(from, to) {
    to.width = from.width;
    to.height = from.height;
    to.getContext('2d', { alpha: false })?.drawImage(from, 0, 0);
}
