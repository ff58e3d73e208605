/** How far one may zoom in. */
const MOST = 16;

/**
 * @typedef {object} Size of the element, in pixels
 * @property {number} width
 * @property {number} height
 */

/** Which part of a picture is shown: never more than the picture, and nothing beyond its edges. */
export class Viewport {
    /** How large the picture is shown; 1 is as a whole. */
    scale = 1;

    /** Where the picture's left edge is, in pixels of the element; never right of the element's own. */
    x = 0;

    /** Where its upper edge is. */
    y = 0;

    /**
     * @param {number} factor
     * @param {number} x about which point of the element, which stays where it is
     * @param {number} y
     * @param {Size} size
     */
    zoom(factor, x, y, size) {
        const scale = Math.min(MOST, Math.max(1, this.scale * factor));
        const ratio = scale / this.scale;
        this.scale = scale;
        this.move((x - this.x) * (1 - ratio), (y - this.y) * (1 - ratio), size);
    }

    /**
     * @param {number} right in pixels, as far as the picture reaches
     * @param {number} down
     * @param {Size} size
     */
    move(right, down, { width, height }) {
        this.x = Math.min(0, Math.max(width * (1 - this.scale), this.x + right));
        this.y = Math.min(0, Math.max(height * (1 - this.scale), this.y + down));
    }
}
