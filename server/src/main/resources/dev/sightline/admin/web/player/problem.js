/** @typedef {import('./connection.js').Ending} Ending */

/** Why a transport is blocked that the server does not have: no attempt of it has reached a stream. */
export const NOT_OFFERED = 'this server does not offer it';

/** Answers that are about the stream, whichever way it is asked for. @type {Record<number, import('./connection.js').Trouble>} */
const TROUBLES = { 404: 'missing', 409: 'taken', 410: 'over' };

/**
 * Why the server refuses, from its problem JSON (RFC 9457): what is to be said of the stream, or that this transport
 * is blocked.
 *
 * @param {Response} response one that is not `ok`
 * @returns {Promise<Ending>}
 */
export async function refusal(response) {
    const { detail = '', nearest } = await response.json().catch(() => ({}));
    const reason = detail || `the server answers ${response.status}`;
    if (response.status === 404 && !nearest) {
        return { trouble: 'blocked', reason: NOT_OFFERED };
    }
    return { trouble: TROUBLES[response.status] ?? 'blocked', reason };
}
