/**
 * Where the tiles stand: rows of pictures of one height each (a justified gallery), as large as they fit into the window
 * together. Every tile has the shape of its stream and a caption below.
 *
 * @typedef {object} Room
 * @property {number} width in pixels
 * @property {number} height in pixels
 *
 * @typedef {object} Place of one tile, in pixels
 * @property {number} left
 * @property {number} top
 * @property {number} width of the tile, which may be wider than its picture
 * @property {number} height of its picture
 * @property {number} pictureWidth
 *
 * @typedef {object} Plan
 * @property {Place[]} places in the order of the shapes
 * @property {boolean} compact whether captions have one line
 * @property {number} height of all
 * @property {number} area of the pictures, in square pixels
 *
 * @typedef {object} Caption
 * @property {boolean} compact
 * @property {number} height
 * @property {number} narrowest how wide a tile must be for it
 */

/** With figures below the name, or state below the name where a tile is narrow. */
const FULL = { compact: false, height: 48, narrowest: 104 };

/** Only name and state, on one line. */
const COMPACT = { compact: true, height: 28, narrowest: 136 };

/** Captions of two lines are worth so much of the pictures' area. */
const WORTH = 0.8;

/** Pictures lower than this are not worth looking at: the page scrolls instead, with pictures of at least the second height. */
const LEAST = 56;
const LEAST_SCROLLED = 112;

/** Pictures are at least and at most so wide, in heights; what is beyond has bars. */
const NARROWEST = 1 / 3;
const WIDEST = 6;

/**
 * The best plan for tiles of these shapes.
 *
 * @param {number[]} shapes width by height, at least one
 * @param {Room} room
 * @param {number} gap between tiles
 * @returns {Plan}
 */
export function layout(shapes, room, gap) {
    const clamped = shapes.map((shape) => Math.min(WIDEST, Math.max(NARROWEST, shape)));
    const [full, compact] = [FULL, COMPACT].map((caption) => fitting(clamped, room, gap, caption));
    const better = full && full.area >= WORTH * (compact?.area ?? 0) ? full : compact;
    return better ?? scrolling(clamped, room, gap);
}

/**
 * The plan that fits into the room with the largest pictures; nothing where they would be too small.
 *
 * @param {number[]} shapes
 * @param {Room} room
 * @param {number} gap
 * @param {Caption} caption
 */
function fitting(shapes, room, gap, caption) {
    const most = Math.floor((room.height + gap) / (LEAST + caption.height + gap));
    const counts = shapes.slice(0, Math.max(0, most)).map((_, i) => i + 1);
    const candidates = [...counts.map((count) => split(shapes, count)), wrap(shapes, room, gap, caption)];
    return candidates
        .flatMap((rows) => {
            const highest = rows.map((row) => rowHeight(row, room.width, gap, caption));
            const heights = share(highest, room.height - rows.length * caption.height - (rows.length - 1) * gap);
            return Math.min(...heights) >= LEAST ? [place(rows, heights, room, gap, caption)] : [];
        })
        .reduce((/** @type {Plan | undefined} */ best, plan) => (best && best.area >= plan.area ? best : plan), undefined);
}

/**
 * Rows filled one after the other with pictures of one height, the greatest at which all fit: not as even as others, but
 * there is none where this does not fit.
 *
 * @param {number[]} shapes
 * @param {Room} room
 * @param {number} gap
 * @param {Caption} caption
 */
function wrap(shapes, room, gap, caption) {
    let rows = [shapes];
    let [low, high] = [0, room.height];
    for (let i = 0; i < 12; i++) {
        const height = (low + high) / 2;
        const filled = fill(shapes, height, room.width, gap, caption);
        const fits = filled.length * (height + caption.height + gap) - gap <= room.height;
        [low, high] = fits ? [height, high] : [low, height];
        rows = fits ? filled : rows;
    }
    return rows;
}

/**
 * @param {number[]} shapes
 * @param {number} height
 * @param {number} width
 * @param {number} gap
 * @param {Caption} caption
 */
function fill(shapes, height, width, gap, caption) {
    /** @type {number[][]} */
    const rows = [];
    let left = -Infinity;
    for (const shape of shapes) {
        const taken = Math.min(width, Math.max(caption.narrowest, shape * height));
        if (taken > left) {
            rows.push([]);
            left = width;
        }
        rows[rows.length - 1].push(shape);
        left -= taken + gap;
    }
    return rows;
}

/**
 * As many in a row as can be seen well, and as many rows as it takes.
 *
 * @param {number[]} shapes
 * @param {Room} room
 * @param {number} gap
 */
function scrolling(shapes, room, gap) {
    for (let count = 1; ; count++) {
        const rows = split(shapes, count);
        const heights = rows.map((row) => Math.min(rowHeight(row, room.width, gap, FULL), Math.max(LEAST_SCROLLED, room.height - FULL.height)));
        if (Math.min(...heights) >= LEAST_SCROLLED || count >= shapes.length) {
            return place(rows, heights.map((height) => Math.max(height, LEAST / 2)), room, gap, FULL);
        }
    }
}

/**
 * The shapes in so many rows, in order, the rows about as wide as each other.
 *
 * @param {number[]} shapes
 * @param {number} count
 */
function split(shapes, count) {
    /** @type {number[][]} */
    const rows = Array.from({ length: count }, () => []);
    const total = shapes.reduce((sum, shape) => sum + shape, 0);
    let before = 0;
    let last = -1;
    shapes.forEach((shape, i) => {
        const wanted = Math.floor(((before + shape / 2) / total) * count);
        // No row stays empty: not the one skipped, nor those for which too few are left.
        last = Math.max(Math.min(wanted, last + 1), last, count - shapes.length + i);
        rows[last].push(shape);
        before += shape;
    });
    return rows;
}

/**
 * How high the pictures of a row may be for its width; 0 where their captions do not fit.
 *
 * @param {number[]} row
 * @param {number} width
 * @param {number} gap
 * @param {Caption} caption
 */
function rowHeight(row, width, gap, caption) {
    const room = width - (row.length - 1) * gap;
    if (row.length * caption.narrowest > room) {
        return 0;
    }
    let [low, high] = [0, room / Math.min(...row)];
    for (let i = 0; i < 24; i++) {
        const middle = (low + high) / 2;
        const taken = row.reduce((sum, shape) => sum + Math.max(caption.narrowest, shape * middle), 0);
        [low, high] = taken <= room ? [middle, high] : [low, middle];
    }
    return low;
}

/**
 * Shares a height among rows: equally, but what one row cannot use the others get.
 *
 * @param {number[]} highest
 * @param {number} height
 */
function share(highest, height) {
    /** @type {number[]} */
    const shared = [];
    let left = height;
    const order = highest.map((_, i) => i).sort((a, b) => highest[a] - highest[b]);
    order.forEach((row, i) => {
        shared[row] = Math.min(highest[row], left / (order.length - i));
        left -= shared[row];
    });
    return shared;
}

/**
 * @param {number[][]} rows
 * @param {number[]} heights
 * @param {Room} room
 * @param {number} gap
 * @param {Caption} caption
 * @returns {Plan}
 */
function place(rows, heights, room, gap, caption) {
    /** @type {Place[]} */
    const places = [];
    let [top, area] = [0, 0];
    rows.forEach((row, i) => {
        const height = Math.floor(heights[i]);
        const pictures = row.map((shape) => Math.min(room.width, Math.floor(shape * height)));
        const widths = pictures.map((width) => Math.max(width, caption.narrowest));
        let left = Math.floor((room.width - widths.reduce((sum, width) => sum + width, (row.length - 1) * gap)) / 2);
        pictures.forEach((pictureWidth, j) => {
            places.push({ left, top, width: widths[j], height, pictureWidth });
            left += widths[j] + gap;
            area += pictureWidth * height;
        });
        top += height + caption.height + gap;
    });
    return { places, compact: caption.compact, height: top - gap, area };
}
