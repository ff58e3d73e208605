/**
 * Where to go after a login: back to the page that asked for it, if that is one of this server's own, else to the first.
 *
 * @param {string} search of the login page's address: `?to=live/cam`
 * @param {string} home the server's first page
 */
export function targetOf(search, home) {
    try {
        const target = new URL(new URLSearchParams(search).get('to') ?? '', home);
        const own = target.href.startsWith(home) && !target.href.startsWith(`${home}login`);
        return own ? target.href : home;
    } catch {
        return home;
    }
}

/**
 * The login page that leads back to a page.
 *
 * @param {string} page its address
 * @param {string} home the server's first page
 */
export function loginPage(page, home) {
    const to = page.startsWith(home) ? page.slice(home.length) : '';
    return `${home}login?to=${encodeURIComponent(to)}`;
}
