import { duration, rate } from './details.js';
import { line, scale } from './minute.js';

/**
 * @typedef {import('./minute.js').Minute} Minute
 * @typedef {import('./minute.js').Sample} Sample
 */

/**
 * Values that share a scale, the one it is made for first, and where it ends at least: what is next to nothing is to look so.
 *
 * @type {[number, (keyof Sample)[]][]}
 */
const BOXES = [[100_000, ['arriving', 'carried']], [10, ['fps']], [100, ['age']]];

/** How each value is written. @type {Record<keyof Sample, (value: number) => string>} */
const TEXTS = {
    arriving: rate,
    carried: rate,
    fps: (fps) => `${fps.toFixed(fps < 9.5 ? 1 : 0)} fps`,
    age: duration,
};

/**
 * Draws the last minute.
 *
 * @param {HTMLElement} figure with a `[data-scale]` for each box; in that, a `span` and a `path` for each value, in its class
 * @param {Minute} minute
 */
export function draw(figure, minute) {
    figure.ariaLabel = told(minute.newest);
    const boxes = /** @type {NodeListOf<HTMLElement>} */ (figure.querySelectorAll('[data-scale]'));
    BOXES.forEach(([least, names], i) => drawBox(boxes[i], minute, least, names));
}

/**
 * @param {HTMLElement} box
 * @param {Minute} minute
 * @param {number} least
 * @param {(keyof Sample)[]} names
 */
function drawBox(box, minute, least, names) {
    const [values, ...beside] = names.map((name) => minute.of(name));
    const most = scale(values, least, beside.flat());
    box.dataset.scale = TEXTS[names[0]](most).replace('.0', '');
    for (const name of names) {
        box.querySelector(`path.${name}`)?.setAttribute('d', line(minute.of(name), most));
        const legend = /** @type {HTMLElement} */ (box.querySelector(`span.${name}`));
        legend.hidden = name !== names[0] && !minute.of(name).some(Number.isFinite);
        /** @type {HTMLElement} */ (legend.lastElementChild).textContent = text(minute.newest, name);
    }
}

/** @param {Sample} sample @param {keyof Sample} name */
function text(sample, name) {
    return Number.isFinite(sample[name]) ? TEXTS[name](sample[name]) : '–';
}

/** The newest values, for those who do not see the lines. @param {Sample} newest */
export function told(newest) {
    const carried = Number.isFinite(newest.carried) ? `, the line carries about ${text(newest, 'carried')}` : '';
    return `The last minute. Now: ${text(newest, 'arriving')} arrive${carried}; ${text(newest, 'fps')}, ${text(newest, 'age')} old.`;
}
