import { rectangle, WHOLE } from './region.js';

/**
 * From the frame that a step gets to the picture on the screen, and back: steps behind it crop, mirror or turn what it sees.
 *
 * @typedef {import('./region.js').Rect} Rect
 * @typedef {import('./steps.js').Step} Step
 */

/** @type {import('./region.js').Region} */
const CROP = { path: [], keys: ['x', 'y', 'width', 'height'] };

/** How a built-in processor moves what is in the frame, there and back. @type {Record<string, (parameters: any) => [(rect: Rect) => Rect, (rect: Rect) => Rect]>} */
const MOVES = {
    crop(parameters) {
        const kept = rectangle(CROP, parameters);
        const [width, height] = [kept.right - kept.left, kept.bottom - kept.top];
        return [
            (rect) => map(rect, (x) => (x - kept.left) / width, (y) => (y - kept.top) / height),
            (rect) => map(rect, (x) => kept.left + x * width, (y) => kept.top + y * height),
        ];
    },
    flip({ direction = 'horizontal' }) {
        const across = direction !== 'vertical';
        const down = direction !== 'horizontal';
        const move = (/** @type {Rect} */ rect) => map(rect, (x) => (across ? 1 - x : x), (y) => (down ? 1 - y : y));
        return [move, move];
    },
    rotate({ degrees = 90 }) {
        const quarters = (((Number(degrees) / 90) % 4) + 4) % 4;
        return [(rect) => turned(rect, quarters), (rect) => turned(rect, 4 - quarters)];
    },
};

/** @param {Rect} rect @param {(x: number) => number} across @param {(y: number) => number} down @returns {Rect} */
function map({ left, top, right, bottom }, across, down) {
    const [x1, x2, y1, y2] = [across(left), across(right), down(top), down(bottom)];
    return { left: Math.min(x1, x2), top: Math.min(y1, y2), right: Math.max(x1, x2), bottom: Math.max(y1, y2) };
}

/** Turned clockwise; by what is no quarter turn, not at all. @param {Rect} rect @param {number} quarters @returns {Rect} */
function turned(rect, quarters) {
    let turning = rect;
    for (let i = 0; Number.isInteger(quarters) && i < quarters % 4; i++) {
        const { left, top, right, bottom } = turning;
        turning = { left: 1 - bottom, top: left, right: 1 - top, bottom: right };
    }
    return turning;
}

/** The moves from the frame that a step gets on, its own among them. @param {Step[]} steps @param {number} id */
function movesFrom(steps, id) {
    return steps
        .slice(Math.max(0, steps.findIndex((step) => step.id === id)))
        .filter(({ on, name }) => on && name in MOVES)
        .map(({ name, parameters }) => MOVES[name](parameters));
}

/** Where a rectangle of the frame that the step gets is in the picture. @param {Rect} rect @param {Step[]} steps @param {number} id */
export function shown(rect, steps, id) {
    return movesFrom(steps, id).reduce((moving, [there]) => there(moving), rect);
}

/** The reverse. @param {Rect} rect @param {Step[]} steps @param {number} id */
export function seen(rect, steps, id) {
    return movesFrom(steps, id).reduceRight((moving, [, back]) => back(moving), rect);
}

/**
 * Where a picture is in a box that it is fitted into, in pixels.
 *
 * @param {{width: number, height: number}} box
 * @param {{width: number, height: number}} picture
 */
export function fitted(box, picture) {
    const scale = Math.min(box.width / picture.width, box.height / picture.height);
    const [width, height] = [picture.width * scale, picture.height * scale];
    return { left: (box.width - width) / 2, top: (box.height - height) / 2, width, height };
}

/** Whether a rectangle is the whole frame. @param {Rect} rect */
export function isWhole(rect) {
    return Object.entries(WHOLE).every(([edge, value]) => Math.abs(rect[/** @type {keyof Rect} */ (edge)] - value) < 1e-6);
}
