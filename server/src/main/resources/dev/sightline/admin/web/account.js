import { HOME } from './api.js';
import { loginPage } from './login-target.js';

/** How often a page in trouble asks whether it still has its login, in milliseconds. */
const PERIOD = 1_000;

/**
 * Who this page is for.
 *
 * @typedef {object} Who
 * @property {boolean} logins whether the server asks for logins
 * @property {string} [user] who is logged in
 * @property {string[]} may what that one may do, with some stream at least
 */

/** @returns {Promise<Who | undefined>} nothing where the server does not answer */
export async function who() {
    try {
        const response = await fetch(`${HOME}api/session`, { cache: 'no-store' });
        return response.ok ? await response.json() : undefined;
    } catch {
        return undefined;
    }
}

/**
 * Gives way to the login page, which leads back here, where trouble comes from a login that has ended.
 *
 * @param {() => boolean} isInTrouble
 */
export function leaveWithoutLogin(isInTrouble) {
    setInterval(async () => {
        const known = isInTrouble() && !document.hidden ? await who() : undefined;
        if (known?.logins && !known.user) {
            location.replace(loginPage(location.href, HOME));
        }
    }, PERIOD);
}

/** A button that ends the login, shown where there is one. @param {HTMLElement} button */
export async function offerLogout(button) {
    const known = await who();
    button.hidden = !known?.user;
    button.title = known?.user ? `Log out ${known.user}` : '';
    button.ariaLabel = button.title;
    button.addEventListener('click', async () => {
        await fetch(`${HOME}api/logout`, { method: 'POST' }).catch(() => {});
        location.assign(`${HOME}login`);
    });
}
