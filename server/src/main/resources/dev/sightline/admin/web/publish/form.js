import { element, field } from '../dom.js';
import { cameras } from './camera.js';

/** @typedef {'best' | 'video' | 'pictures'} How how the user wants a camera sent */

/** What the user chooses on the page. */
export const form = {
    /** The camera's id; empty for the browser's choice. */
    get device() {
        return field('device').value;
    },

    /** @returns {How} */
    get how() {
        return element('how-label').hidden ? 'pictures' : /** @type {How} */ (field('how').value);
    },

    /** @returns {import('./grabber.js').Settings} */
    get settings() {
        const [width, height] = field('size').value.split(' × ').map(Number);
        return { width, height, rate: field('rate').valueAsNumber, quality: field('quality').valueAsNumber };
    },

    /** The processors, as a query; empty where none is chosen. */
    get query() {
        const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll('#processors input:checked'));
        const names = [...boxes].map(({ value }) => encodeURIComponent(value));
        return names.length > 0 ? `?process=${names.join(',')}` : '';
    },
};

/** What is set is said beside it too. */
export function showSettings() {
    element('rate-told').textContent = field('rate').ariaValueText = `${field('rate').value} fps`;
    element('quality-told').textContent = field('quality').value;
    const { width, height } = form.settings;
    element('pictures').dataset.shape = width / height > 1.5 ? '16-9' : '4-3';
}

/**
 * Lists the cameras to choose from.
 *
 * @param {string} open the one that is open, if any
 */
export async function listCameras(open) {
    const list = /** @type {HTMLSelectElement} */ (element('device'));
    const found = await cameras().catch(() => []);
    const chosen = list.value || open;
    if (found.length > 0) {
        list.replaceChildren(...found.map(({ id, label }) => new Option(label, id, false, id === chosen)));
    }
}

/**
 * Lets the user choose processors.
 *
 * @param {string[]} choice their names
 * @param {string[]} own those that the stream has anyway
 */
export function offerProcessors(choice, own) {
    element('processors').hidden = choice.length === 0;
    element('processors').append(...choice.map(processor));
    element('legend').textContent = own.length > 0 ? `Processors to run after ${own.join(', ')}` : 'Processors';
}

/** @param {string} name */
function processor(name) {
    const label = document.createElement('label');
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.value = name;
    label.append(box, name);
    return label;
}
