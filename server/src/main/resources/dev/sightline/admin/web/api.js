import { loginPage } from './login-target.js';

/** The server this module came from: it lies in a folder of its own there. */
export const HOME = new URL('..', import.meta.url).href;

/** The list of streams may take so many milliseconds. */
const PATIENCE = 5_000;

/**
 * A stream as `/api/streams` tells of it, as far as the pages need it.
 *
 * @typedef {object} Stream
 * @property {string} name
 * @property {string} source
 * @property {import('./player/words.js').State} state
 * @property {string} [reason]
 * @property {string} since
 * @property {{name: string, state: 'STARTING' | 'UP' | 'QUARANTINED'}} [worker] the process that it runs in, if not the server's
 * @property {number} width
 * @property {number} height
 * @property {number} fps
 * @property {number} viewers
 * @property {Processor[]} processors
 * @property {boolean} changesPicture whether one of them may change pictures
 * @property {Rendition[]} renditions
 * @property {string[]} [clientProcessors] that senders may choose
 * @property {undefined} [nearest]
 *
 * @typedef {import('./player/words.js').Step & {millis: number, failures: number, chosen?: boolean}} Processor
 *
 * @typedef {object} Rendition
 * @property {string} name
 * @property {number} frames
 * @property {number} viewers
 * @property {string} [encoder]
 * @property {number} millis that an encoding takes
 *
 * @typedef {{name?: undefined, nearest?: string[]}} Unknown the answer about a name that no stream has: names like it
 */

/** All streams; nothing where the server does not answer. @returns {Promise<Stream[] | undefined>} */
export async function streams() {
    try {
        const response = await fetch(`${HOME}api/streams`, { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) });
        askForLogin(response);
        return response.ok ? await response.json() : undefined;
    } catch {
        return undefined;
    }
}

/** Where the login has ended, the page gives way to the one that asks for it, and comes back then. @param {Response} response */
export function askForLogin({ status }) {
    if (status === 401 && location.href.startsWith(HOME) && !location.href.startsWith(`${HOME}login`)) {
        location.replace(loginPage(location.href, HOME));
    }
}

/**
 * What the server says of a stream; nothing where it does not answer.
 *
 * @param {string} name
 * @returns {Promise<Stream | Unknown | undefined>}
 */
export function stream(name) {
    return get(`api/streams/${encodeURIComponent(name)}`);
}

/** What the server says of a WebRTC session; nothing where it does not answer. @param {string} id */
export function session(id) {
    return get(`api/webrtc/${id}`);
}

/** Whether browsers send to it. @param {Stream} stream */
export function takesCamera({ source }) {
    return source === 'publish:' || source === 'mirror:';
}

/** The page on which a stream is watched. @param {string} name */
export function watchPage(name) {
    return `${HOME}live/${encodeURIComponent(name)}`;
}

/** The page on which a camera is sent to a stream. @param {string} name */
export function publishPage(name) {
    return `${HOME}publish/${encodeURIComponent(name)}`;
}

/** The page on which a stream's pipeline is edited. @param {string} name */
export function studioPage(name) {
    return `${HOME}studio/${encodeURIComponent(name)}`;
}

/** @param {string} path @returns {Promise<any>} */
async function get(path) {
    try {
        const response = await fetch(`${HOME}${path}`, { cache: 'no-store' });
        askForLogin(response);
        return await response.json();
    } catch {
        return undefined;
    }
}
