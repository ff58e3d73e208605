/**
 * Puts a text onto the clipboard, also on pages that came over plain HTTP, whose browsers give them no `navigator.clipboard`.
 *
 * @param {string} text
 * @returns {Promise<boolean>} whether it is there
 */
export async function copyText(text) {
    try {
        await navigator.clipboard.writeText(text);
        return true;
    } catch {
        return copySelected(text);
    }
}

/** @param {string} text */
function copySelected(text) {
    const field = document.createElement('textarea');
    field.value = text;
    field.className = 'unseen';
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    document.body.append(field);
    field.select();
    const copied = document.execCommand('copy');
    field.remove();
    focused?.focus();
    return copied;
}
