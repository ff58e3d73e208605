/**
 * What an overlay draws of a picture's metadata. Places are in fractions of the picture, from its top left corner.
 *
 * @typedef {[number, number]} Point
 *
 * @typedef {object} Shape
 * @property {string} label which decides the colour
 * @property {string} text what is written beside it; may be empty
 * @property {Point[]} points of a box, its top left and its bottom right corner
 *
 * @typedef {object} Shapes
 * @property {Shape[]} boxes
 * @property {Shape[]} polygons
 * @property {Shape[]} tracks
 * @property {Shape[]} points
 * @property {Shape[]} texts
 * @property {number} count how many there are in all
 * @property {number} leftOut how many there are not: too many, or not of the form that is told in docs/7-protocols.md
 */

/** So many shapes of a picture are drawn at most. */
export const MOST_SHAPES = 1_000;

/** They have so many points at most, all together. */
export const MOST_POINTS = 10_000;

/** Longer texts are cut. */
const LONGEST_TEXT = 48;

/** Whether there is something to draw. @param {Record<string, any>} metadata */
export function hasShapes(metadata) {
    return metadata.detections?.length > 0 || metadata.overlay !== undefined;
}

/** @param {Record<string, any>} metadata @returns {Shapes} */
export function shapes(metadata) {
    const { polygons, tracks, points, texts } = metadata.overlay ?? {};
    const room = new Room();
    return {
        boxes: room.take(metadata.detections, box),
        polygons: room.take(polygons, (item) => outline(item, 3)),
        tracks: room.take(tracks, (item) => outline(item, 1)),
        points: room.take(points, ({ label, id, score, at }) => ({ ...named(label, id, score), points: [point(at)] })),
        texts: room.take(texts, ({ label, text, at }) => ({ label: word(label), text: cut(word(text)), points: [point(at)] })),
        count: room.count,
        leftOut: room.leftOut,
    };
}

/** Takes shapes while there is room for them. */
class Room {
    count = 0;
    leftOut = 0;
    #points = 0;

    /**
     * @param {any} items
     * @param {(item: any) => Shape} read throws where it is none
     */
    take(items, read) {
        /** @type {Shape[]} */
        const taken = [];
        for (const item of Array.isArray(items) ? items : []) {
            const shape = this.count < MOST_SHAPES ? attempt(read, item) : undefined;
            if (shape && this.#points + shape.points.length <= MOST_POINTS) {
                this.count++;
                this.#points += shape.points.length;
                taken.push(shape);
            } else {
                this.leftOut++;
            }
        }
        return taken;
    }
}

/** @param {(item: any) => Shape} read @param {any} item */
function attempt(read, item) {
    try {
        return read(item);
    } catch {
        return undefined;
    }
}

/** @param {any} detection @returns {Shape} */
function box({ label, id, score, box: [x, y, width, height] }) {
    check(width > 0 && height > 0);
    return { ...named(label, id, score), points: [point([x, y]), point([x + width, y + height])] };
}

/** @param {any} item @param {number} least how many points it has at least @returns {Shape} */
function outline({ label, id, score, points }, least) {
    check(points.length >= least && points.length <= MOST_POINTS);
    return { ...named(label, id, score), points: points.map(point) };
}

/**
 * @param {any} label
 * @param {any} id
 * @param {any} score
 */
function named(label, id, score) {
    const share = Number.isFinite(score) ? `${Math.round(100 * score)}\u202f%` : '';
    const parts = [word(label), id === undefined ? '' : `#${word(id)}`, share];
    return { label: word(label), text: cut(parts.filter(Boolean).join(' ')) };
}

/** @param {any} at @returns {Point} */
function point(at) {
    const [x, y] = at;
    check(Number.isFinite(x) && Number.isFinite(y));
    return [x, y];
}

/** @param {any} value */
function word(value) {
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** @param {string} text */
function cut(text) {
    return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT - 1)}…` : text;
}

/** @param {boolean} condition */
function check(condition) {
    if (!condition) {
        throw new TypeError('not a shape');
    }
}
