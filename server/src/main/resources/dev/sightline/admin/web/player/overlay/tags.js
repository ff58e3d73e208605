import { colour } from './colour.js';

/**
 * @typedef {import('./place.js').Place} Place
 * @typedef {import('./shapes.js').Point} Point
 * @typedef {import('./shapes.js').Shape} Shape
 * @typedef {import('./shapes.js').Shapes} Shapes
 */

/** Sizes in pixels of the page, so that texts stay readable however the picture is scaled. */
const FONT = 12;
const TAG = { height: 18, padding: 4 };

/** So far beside a point stands its text. */
const GAP = 8;

const INK = '#0e1013';

/** Widths of texts in the font used last; as many as are kept. @type {Map<string, number>} */
const widths = new Map();
const KEPT_WIDTHS = 2_000;
let widthsOf = '';

/**
 * What is written: above boxes and polygons, beside points and the ends of tracks, and texts at their own places.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Shapes} shapes in device pixels
 * @param {Place} seen
 * @param {number} ratio
 */
export function write(context, { boxes, polygons, tracks, points, texts }, seen, ratio) {
    use(context, `600 ${FONT * ratio}px system-ui, sans-serif`);
    context.textBaseline = 'middle';
    const height = TAG.height * ratio;
    const gap = GAP * ratio;
    [...polygons, ...boxes].forEach((shape) => tag(context, shape, highest(shape), { gap: 0, up: height }, seen, ratio));
    [...tracks, ...points].forEach((shape) => tag(context, shape, last(shape), { gap, up: height / 2 }, seen, ratio));
    texts.forEach((shape) => tag(context, shape, last(shape), { gap: 0, up: 0 }, seen, ratio));
}

/** @param {Shape} shape */
function highest({ points }) {
    return points.reduce((one, other) => (other[1] < one[1] ? other : one));
}

/** @param {Shape} shape */
function last({ points }) {
    return points[points.length - 1];
}

/** Whether a shape reaches into what is seen. @param {Point[]} points @param {Place} seen */
function reaches(points, { x, y, width, height }) {
    return points.some(([right]) => right >= x) && points.some(([right]) => right <= x + width)
        && points.some(([, down]) => down >= y) && points.some(([, down]) => down <= y + height);
}

/**
 * A text on its shape's colour, never beyond what is seen of the picture; none for a shape that is not seen.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Shape} shape
 * @param {Point} at
 * @param {{gap: number, up: number}} off how far beside and above that
 * @param {Place} seen
 * @param {number} ratio
 */
function tag(context, { label, text, points }, [x, y], { gap, up }, seen, ratio) {
    if (text === '' || !reaches(points, seen)) {
        return;
    }
    const padding = TAG.padding * ratio;
    const width = Math.ceil(measured(context, text) + 2 * padding);
    const height = Math.round(TAG.height * ratio);
    const beside = gap > 0 && x + gap + width > seen.x + seen.width ? x - gap - width : x + gap;
    const left = Math.round(Math.max(seen.x, Math.min(beside, seen.x + seen.width - width)));
    const top = Math.round(Math.max(seen.y, Math.min(y - up, seen.y + seen.height - height)));
    context.fillStyle = colour(label);
    context.fillRect(left, top, width, height);
    context.fillStyle = INK;
    context.fillText(text, left + padding, top + height / 2 + 0.5 * ratio);
}

/** @param {CanvasRenderingContext2D} context @param {string} font */
function use(context, font) {
    context.font = font;
    if (font !== widthsOf || widths.size > KEPT_WIDTHS) {
        widths.clear();
        widthsOf = font;
    }
}

/** @param {CanvasRenderingContext2D} context @param {string} text */
function measured(context, text) {
    let width = widths.get(text);
    if (width === undefined) {
        widths.set(text, (width = context.measureText(text).width));
    }
    return width;
}
