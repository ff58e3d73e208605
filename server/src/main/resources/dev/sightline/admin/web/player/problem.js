// @ts-check
/** @typedef {import('./connection.js').Ending} Ending */

/**
 * Why the server refuses, from its problem JSON (RFC 9457): what is to be said of the stream, or that this way of all is
 * barred.
 *
 * @param {Response} response one that is not `ok`
 * @returns {Promise<Ending>}
 */
export async function refusal(response) {
    const { detail = '', nearest } = await response.json().catch(() => ({}));
    const reason = detail || `the server answers ${response.status}`;
    if (response.status === 404 && !nearest) {
        return { trouble: 'barred', reason: 'this server does not offer it' };
    }
    if (response.status === 404) {
        return { trouble: 'missing', reason };
    }
    return { trouble: response.status === 409 ? 'taken' : 'barred', reason };
}
