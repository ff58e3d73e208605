/**
 * Rectangles that parameters form: `left, top, right, bottom` or `x, y, width, height` in fractions of the frame.
 *
 * @typedef {object} Region
 * @property {string[]} path the object that has the keys
 * @property {string[]} keys
 *
 * @typedef {object} Rect in fractions
 * @property {number} left
 * @property {number} top
 * @property {number} right
 * @property {number} bottom
 *
 * @typedef {import('./steps.js').Parameters} Parameters
 */

/** @type {Rect} */
export const WHOLE = { left: 0, top: 0, right: 1, bottom: 1 };

/** A rectangle is at least so large. */
export const LEAST = 0.01;

/**
 * The rectangles of a processor: the schema names their keys.
 *
 * @param {import('./fields.js').Schema} schema
 * @param {string[]} [path]
 * @returns {Region[]}
 */
export function regions(schema, path = []) {
    const hint = schema['x-sightline'];
    const own = typeof hint === 'object' && hint.region ? [{ path, keys: hint.region }] : [];
    const inner = Object.entries(schema.properties ?? {}).flatMap(([key, property]) => regions(property, [...path, key]));
    return [...own, ...inner];
}

/**
 * The rectangle that parameters form; what is left out reaches to the edge.
 *
 * @param {Region} region
 * @param {Parameters} parameters
 * @returns {Rect}
 */
export function rectangle({ path, keys }, parameters) {
    /** @type {any} */
    let values = parameters;
    for (const key of path) {
        values = values?.[key];
    }
    const [left, top, third, fourth] = keys.map((key) => (typeof values?.[key] === 'number' ? values[key] : undefined));
    const [x, y] = [left ?? 0, top ?? 0];
    return hasSize(keys)
        ? { left: x, top: y, right: third === undefined ? 1 : x + third, bottom: fourth === undefined ? 1 : y + fourth }
        : { left: x, top: y, right: third ?? 1, bottom: fourth ?? 1 };
}

/** The parameters that form a rectangle. @param {Region} region @param {Rect} rect @returns {Parameters} */
export function parameters({ path, keys }, rect) {
    const [left, top, right, bottom] = [rect.left, rect.top, rect.right, rect.bottom].map(rounded);
    const values = hasSize(keys) ? [left, top, rounded(right - left), rounded(bottom - top)] : [left, top, right, bottom];
    /** @type {Parameters} */
    const own = Object.fromEntries(keys.map((key, i) => [key, values[i]]));
    return path.reduceRight((inner, key) => ({ [key]: inner }), own);
}

/** @param {string[]} keys */
const hasSize = (keys) => keys.includes('width');

/** @param {number} fraction */
const rounded = (fraction) => Math.round(fraction * 1_000) / 1_000;

/** @param {number} value @param {number} least @param {number} most */
const within = (value, least, most) => Math.min(Math.max(value, least), most);

/** The rectangle between two points, in any order. @param {{x: number, y: number}} from @param {{x: number, y: number}} to @returns {Rect} */
export function between(from, to) {
    const [left, right] = span(from.x, to.x);
    const [top, bottom] = span(from.y, to.y);
    return { left, top, right, bottom };
}

/** The part of it that is in the frame. @param {Rect} rect @returns {Rect} */
export function clipped({ left, top, right, bottom }) {
    return { left: within(left, 0, 1), top: within(top, 0, 1), right: within(right, 0, 1), bottom: within(bottom, 0, 1) };
}

/** Whether it is more than the point that a click leaves. @param {Rect} rect */
export function isDrawn({ left, top, right, bottom }) {
    return right - left > 2 * LEAST && bottom - top > 2 * LEAST;
}

/** @param {number} some @param {number} other */
function span(some, other) {
    const low = within(Math.min(some, other), 0, 1 - LEAST);
    return [low, within(Math.max(some, other), low + LEAST, 1)];
}

/** The same size elsewhere, not beyond the frame. @param {Rect} rect @param {number} across @param {number} down @returns {Rect} */
export function shifted({ left, top, right, bottom }, across, down) {
    const x = within(across, -left, 1 - right);
    const y = within(down, -top, 1 - bottom);
    return { left: left + x, top: top + y, right: right + x, bottom: bottom + y };
}

/** The same place, and another size. @param {Rect} rect @param {number} across @param {number} down @returns {Rect} */
export function stretched({ left, top, right, bottom }, across, down) {
    return { left, top, right: within(right + across, left + LEAST, 1), bottom: within(bottom + down, top + LEAST, 1) };
}
