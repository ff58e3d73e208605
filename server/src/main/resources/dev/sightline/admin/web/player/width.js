/** Widths a narrow picture may have, in pixels; the server knows others, but every one more is encoded once more. */
const WIDTHS = [320, 640, 1280];

/** A picture may be enlarged so much before the next width is chosen. */
const ENLARGED = 1.25;

/**
 * The width to ask for in pixels, 0 for the stream's own.
 *
 * @param {string | null} wanted what the page wants: a number of pixels, or `auto` for what the element needs
 * @param {number} needed how wide the element is, in pixels of the screen
 */
export function widthFor(wanted, needed) {
    if (wanted !== 'auto') {
        return Number(wanted) || 0;
    }
    return WIDTHS.find((offered) => offered * ENLARGED >= needed) ?? 0;
}
