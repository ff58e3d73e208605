/**
 * What the studio says of the changes as a whole.
 *
 * @typedef {object} Standing
 * @property {boolean} unkept whether a restart undoes something
 * @property {string} file the configuration file; empty if there is none
 * @property {string} readOnly why nothing can be changed; empty if it can
 */

/** @param {Standing} standing */
export function standing({ unkept, file, readOnly }) {
    if (readOnly) {
        return `You can only look: ${readOnly}.`;
    }
    if (!unkept) {
        return file ? `Kept in ${fileName(file)}: no unkept changes.` : 'No unkept changes.';
    }
    return `Unkept changes: the next start undoes them${file ? '' : ', and there is no configuration file to keep them in'}.`;
}

/** @param {string} path */
export function fileName(path) {
    return path.split(/[\\/]/).pop() ?? path;
}

/** Where a step stands, to be read out. @param {string} name @param {number} place from 0 @param {number} count */
export function placed(name, place, count) {
    return `${name} is step ${place + 1} of ${count}`;
}

/** A rectangle, to be read out. @param {import('./region.js').Rect} rect */
export function rectangle({ left, top, right, bottom }) {
    const percent = (/** @type {number} */ fraction) => `${Math.round(fraction * 100)} %`;
    return `from ${percent(left)} to ${percent(right)} across, ${percent(top)} to ${percent(bottom)} down`;
}

/** Milliseconds in so many digits that their width hardly changes. @param {number} millis NaN for unknown */
export function time(millis) {
    if (!Number.isFinite(millis)) {
        return '–';
    }
    return `${millis.toFixed(millis < 10 ? 1 : 0)} ms`;
}

/** @param {number} rate frames per second; NaN for unknown */
export function lost(rate) {
    if (!Number.isFinite(rate)) {
        return '–';
    }
    return `${rate.toFixed(rate > 0 && rate < 10 ? 1 : 0)} /s`;
}
