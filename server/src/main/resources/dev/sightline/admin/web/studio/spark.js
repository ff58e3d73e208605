import { line, scale } from '../live/minute.js';
import { SLOTS } from './last-minute.js';

const SVG = 'http://www.w3.org/2000/svg';

/**
 * A small chart of the last minute.
 *
 * @param {string} what it shows, for those who do not see it
 */
export function spark(what) {
    const svg = document.createElementNS(SVG, 'svg');
    svg.setAttribute('class', 'spark');
    svg.setAttribute('viewBox', `0 0 ${SLOTS - 1} 1`);
    svg.setAttribute('preserveAspectRatio', 'none');
    svg.setAttribute('role', 'img');
    svg.append(document.createElementNS(SVG, 'path'));
    svg.ariaLabel = what;
    return svg;
}

/**
 * @param {Element} svg
 * @param {number[]} values the oldest first; NaN where they are unknown
 * @param {number} least the scale ends no lower
 * @param {string} told the newest in words
 */
export function draw(svg, values, least, told) {
    svg.firstElementChild?.setAttribute('d', line(values, scale(values, least)));
    svg.ariaLabel = `${told.trim()} now, the last minute as a line`;
}
