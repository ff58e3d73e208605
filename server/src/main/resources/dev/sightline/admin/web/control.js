import { askForLogin, HOME } from './api.js';

/**
 * The part of the API that reads and changes what is configured.
 *
 * @typedef {object} Processor
 * @property {string} name
 * @property {string} description one sentence
 * @property {import('./studio/fields.js').Schema} parameters
 *
 * @typedef {object} Config as far as the pages need it
 * @property {string} [file] the configuration file
 * @property {string[]} unkept the streams with changes that a restart undoes
 * @property {string[]} problems of the file, which is therefore not in force
 * @property {string[]} restart what takes effect after a restart only
 * @property {string} [readOnly] why this page may change nothing
 *
 * @typedef {object} Settings
 * @property {import('./studio/steps.js').Written[]} [process]
 *
 * @typedef {object} Changed
 * @property {boolean} ok
 * @property {string} problem why not, in words
 * @property {any} answer the server's, where it was ok
 */

/** A change may take as long as a processor takes to be made. */
const PATIENCE = 15_000;

/** A probe may take as long as a process takes to start, and then a camera. */
export const PATIENCE_FOR_PROBES = 45_000;

/** The address of a stream, or of what belongs to it, in the API. @param {string} name @param {string} [below] */
export const ofStream = (name, below = '') => `api/streams/${encodeURIComponent(name)}${below}`;

/** All processors; none where the server does not answer. @returns {Promise<Processor[]>} */
export async function processors() {
    return (await request('GET', 'api/processors')).answer ?? [];
}

/** What is configured as a whole; nothing where the server does not answer. @returns {Promise<Config | undefined>} */
export async function config() {
    return (await request('GET', 'api/config')).answer;
}

/**
 * Asks for something.
 *
 * @param {string} method
 * @param {string} path from this server's home
 * @param {unknown} [body]
 * @param {number} [patience] milliseconds
 * @returns {Promise<Changed>}
 */
export async function request(method, path, body, patience = PATIENCE) {
    try {
        const response = await fetch(`${HOME}${path}`, {
            method,
            cache: 'no-store',
            signal: AbortSignal.timeout(patience),
            ...(body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
        });
        askForLogin(response);
        const answer = response.status === 204 ? undefined : await response.json();
        return response.ok ? { ok: true, problem: '', answer } : { ok: false, problem: told(answer, response.status), answer: undefined };
    } catch {
        return { ok: false, problem: 'the server does not answer', answer: undefined };
    }
}

/** @param {any} problem by RFC 9457 @param {number} status */
function told(problem, status) {
    return problem?.detail ?? `the server answers ${status}`;
}
