/** What the pages' scripts do with their documents again and again. */

/** The page's element of that id, which is there. @param {string} id */
export const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** The page's field of that id, which is there. @param {string} id */
export const field = (id) => /** @type {HTMLInputElement} */ (document.getElementById(id));

/**
 * @param {string} href
 * @param {string} text
 */
export function link(href, text) {
    const anchor = document.createElement('a');
    anchor.href = href;
    anchor.textContent = text;
    return anchor;
}

/**
 * Writes a text where another stands: what is the same already stays, so that nothing is drawn or read out again.
 *
 * @param {Element} place
 * @param {string} text
 */
export function write(place, text) {
    if (place.textContent !== text) {
        place.textContent = text;
    }
}
