/**
 * @typedef {Record<string, string | number | boolean>} Values what an input holds besides its name
 *
 * @typedef {object} Area of the page, in pixels
 * @property {number} left
 * @property {number} top
 * @property {number} width
 * @property {number} height
 *
 * @typedef {{ x: number, y: number }} Place in a picture, in fractions from its top left corner
 */

/**
 * Sends an input to the processors of a stream.
 *
 * @param {string} base the server's address
 * @param {string} stream
 * @param {Values} input with `name` and `seq`
 * @throws {Error} if it is not taken; the message says why
 */
export async function sendInput(base, stream, input) {
    const address = new URL(`live/${encodeURIComponent(stream)}/input`, base);
    const response = await fetch(address, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(input),
    });
    if (!response.ok) {
        const { detail } = await response.json().catch(() => ({}));
        throw new Error(detail || `the server answers ${response.status}`);
    }
}

/**
 * Where a point of the page lies in a picture that is as large as fits into an area and stands in its middle; nothing beside it.
 *
 * @param {Area} area
 * @param {{ width: number, height: number }} picture in pixels of its own
 * @param {{ clientX: number, clientY: number }} point a mouse or pointer event
 * @returns {Place | undefined}
 */
export function placeIn(area, picture, { clientX, clientY }) {
    const scale = Math.min(area.width / picture.width, area.height / picture.height);
    const width = picture.width * scale;
    const height = picture.height * scale;
    const x = (clientX - area.left - (area.width - width) / 2) / width;
    const y = (clientY - area.top - (area.height - height) / 2) / height;
    return x >= 0 && x <= 1 && y >= 0 && y <= 1 ? { x, y } : undefined;
}
