import { colour } from './colour.js';
import { write } from './tags.js';

/**
 * @typedef {import('./place.js').Place} Place
 * @typedef {import('./shapes.js').Point} Point
 * @typedef {import('./shapes.js').Shape} Shape
 * @typedef {import('./shapes.js').Shapes} Shapes
 *
 * @typedef {(context: CanvasRenderingContext2D, points: Point[], inset: number) => void} Trace adds a line to the path
 */

/** Sizes in pixels of the page, the same however the picture is scaled. */
const LINE = 2;
const DOT = 4;

const HALO = 'rgb(0 0 0 / 45%)';

/**
 * Draws shapes over a picture.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Shapes} shapes
 * @param {Place} picture where the picture lies
 * @param {Place} seen the part of it that is seen, in which texts are kept
 * @param {number} ratio device pixels per pixel of the page
 */
export function draw(context, shapes, picture, seen, ratio) {
    const lying = placed(shapes, picture);
    context.save();
    context.beginPath();
    context.rect(seen.x, seen.y, seen.width, seen.height);
    context.clip();
    context.lineJoin = context.lineCap = 'round';
    stroke(context, lying.polygons, closed, ratio);
    stroke(context, lying.tracks, open, ratio);
    context.lineJoin = 'miter';
    stroke(context, lying.boxes, rectangle, ratio);
    dots(context, [...lying.points, ...lying.tracks], ratio);
    write(context, lying, seen, ratio);
    context.restore();
}

/** @param {Shapes} shapes @param {Place} picture @returns {Shapes} in device pixels */
function placed({ boxes, polygons, tracks, points, texts, ...counts }, { x, y, width, height }) {
    const moved = (/** @type {Shape[]} */ list) => list.map((shape) => ({
        ...shape,
        points: shape.points.map(([right, down]) => /** @type {Point} */ ([x + right * width, y + down * height])),
    }));
    return { boxes: moved(boxes), polygons: moved(polygons), tracks: moved(tracks), points: moved(points), texts: moved(texts), ...counts };
}

/** @param {Shape[]} shapes @returns {Map<string, Shape[]>} */
function byColour(shapes) {
    /** @type {Map<string, Shape[]>} */
    const groups = new Map();
    for (const shape of shapes) {
        const key = colour(shape.label);
        const group = groups.get(key);
        if (group) {
            group.push(shape);
        } else {
            groups.set(key, [shape]);
        }
    }
    return groups;
}

/**
 * Lines with a dark edge, so that they are seen on any picture: few strokes, however many lines there are.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Shape[]} shapes
 * @param {Trace} trace
 * @param {number} ratio
 */
function stroke(context, shapes, trace, ratio) {
    if (shapes.length === 0) {
        return;
    }
    const inset = Math.round(LINE * ratio) / 2;
    path(context, shapes, trace, inset, HALO, 4 * inset);
    for (const [key, group] of byColour(shapes)) {
        path(context, group, trace, inset, key, 2 * inset);
    }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Shape[]} shapes
 * @param {Trace} trace
 * @param {number} inset
 * @param {string} style
 * @param {number} width
 */
function path(context, shapes, trace, inset, style, width) {
    context.beginPath();
    for (const { points } of shapes) {
        trace(context, points, inset);
    }
    context.strokeStyle = style;
    context.lineWidth = width;
    context.stroke();
}

/** A box's line lies inside it, on whole pixels. @type {Trace} */
function rectangle(context, [[left, top], [right, bottom]], inset) {
    const [x, y] = [Math.round(left), Math.round(top)];
    const [width, height] = [Math.round(right) - x, Math.round(bottom) - y];
    context.rect(x + inset, y + inset, Math.max(0, width - 2 * inset), Math.max(0, height - 2 * inset));
}

/** @type {Trace} */
function open(context, [[x, y], ...others]) {
    context.moveTo(x, y);
    for (const [right, down] of others) {
        context.lineTo(right, down);
    }
}

/** @type {Trace} */
function closed(context, points, inset) {
    open(context, points, inset);
    context.closePath();
}

/**
 * A dot on each point, and at the end of each track.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Shape[]} shapes
 * @param {number} ratio
 */
function dots(context, shapes, ratio) {
    for (const [key, group] of byColour(shapes)) {
        context.beginPath();
        for (const { points } of group) {
            const [x, y] = points[points.length - 1];
            context.moveTo(x + DOT * ratio, y);
            context.arc(x, y, DOT * ratio, 0, 2 * Math.PI);
        }
        context.strokeStyle = HALO;
        context.lineWidth = LINE * ratio;
        context.stroke();
        context.fillStyle = key;
        context.fill();
    }
}
