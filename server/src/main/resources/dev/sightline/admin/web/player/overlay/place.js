/**
 * @typedef {object} Size in device pixels
 * @property {number} width
 * @property {number} height
 *
 * @typedef {object} Place of a rectangle: its top left corner and size, in device pixels
 * @property {number} x
 * @property {number} y
 * @property {number} width
 * @property {number} height
 *
 * @typedef {object} Zoom
 * @property {number} scale
 * @property {number} x where the element's left edge is then, in device pixels
 * @property {number} y
 */

/**
 * Where a picture lies in an element that shows the whole of it as large as it fits (`object-fit: contain`), zoomed.
 *
 * @param {Size} element
 * @param {Size} picture of any unit
 * @param {Zoom} zoom
 * @returns {Place}
 */
export function place(element, picture, zoom) {
    const fit = Math.min(element.width / picture.width, element.height / picture.height);
    const [width, height] = [picture.width * fit, picture.height * fit];
    return {
        x: zoom.x + (zoom.scale * (element.width - width)) / 2,
        y: zoom.y + (zoom.scale * (element.height - height)) / 2,
        width: zoom.scale * width,
        height: zoom.scale * height,
    };
}

/**
 * The part of a place that is seen in the element.
 *
 * @param {Place} of
 * @param {Size} element
 * @returns {Place}
 */
export function visible(of, element) {
    const [x, y] = [Math.max(0, of.x), Math.max(0, of.y)];
    const [right, bottom] = [Math.min(element.width, of.x + of.width), Math.min(element.height, of.y + of.height)];
    return { x, y, width: Math.max(0, right - x), height: Math.max(0, bottom - y) };
}

/**
 * How an element is zoomed that has the attribute `zoomed` and the style properties that player/zoom.js sets.
 *
 * @param {{hasAttribute: (name: string) => boolean, style: {getPropertyValue: (name: string) => string}}} element
 * @param {number} ratio device pixels per pixel
 * @returns {Zoom}
 */
export function zoomOf(element, ratio) {
    if (!element.hasAttribute('zoomed')) {
        return { scale: 1, x: 0, y: 0 };
    }
    const [x = 0, y = 0] = element.style.getPropertyValue('--pan').split(' ').map(Number.parseFloat);
    return { scale: Number.parseFloat(element.style.getPropertyValue('--zoom')), x: x * ratio, y: y * ratio };
}
