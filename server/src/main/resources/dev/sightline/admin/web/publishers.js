// @ts-check

/** How often the list is fetched, in milliseconds: as it should, and while the server does not answer. */
const PERIOD = 2_000;
const PERIOD_WITHOUT_ANSWER = 1_000;

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @typedef {{name: string, source: string, state: import('./player/words.js').State}} Stream */

/** @type {Map<string, HTMLAnchorElement>} */
const entries = new Map();

/** @param {Stream[]} streams those that browsers feed */
function show(streams) {
    const names = new Set(streams.map(({ name }) => name));
    [...entries].filter(([name]) => !names.has(name)).forEach(([name, entry]) => {
        entry.remove();
        entries.delete(name);
    });
    streams.forEach((stream) => fill(entryOf(stream.name), stream));
    element('empty').hidden = streams.length > 0;
}

/** @param {string} name */
function entryOf(name) {
    const known = entries.get(name);
    if (known) {
        return known;
    }
    const template = /** @type {HTMLTemplateElement} */ (element('entry'));
    const entry = /** @type {HTMLAnchorElement} */ (document.importNode(template.content, true).firstElementChild);
    entry.href = `publish/${encodeURIComponent(name)}`;
    entries.set(name, entry);
    element('choice').append(entry);
    return entry;
}

/**
 * @param {HTMLElement} entry
 * @param {Stream} stream
 */
function fill(entry, { name, source, state }) {
    const free = source === 'mirror:' || state !== 'LIVE';
    const word = source === 'mirror:' ? 'private' : free ? 'free' : 'taken';
    const text = source === 'mirror:' ? 'the result comes back to you alone' : 'everyone who watches sees the result';
    entry.dataset.tone = free ? 'live' : 'waiting';
    write(entry, '.name', name);
    write(entry, '.word', word);
    write(entry, '.figures', free ? text : 'somebody is sending to it now');
}

/**
 * @param {HTMLElement} entry
 * @param {string} selector
 * @param {string} text
 */
function write(entry, selector, text) {
    const part = /** @type {HTMLElement} */ (entry.querySelector(selector));
    if (part.textContent !== text) {
        part.textContent = text;
    }
}

/** The streams that browsers feed, or nothing where the server does not answer. @returns {Promise<Stream[] | undefined>} */
async function list() {
    try {
        const response = await fetch('api/streams', { cache: 'no-store', signal: AbortSignal.timeout(5_000) });
        const streams = response.ok ? await response.json() : undefined;
        return streams?.filter((/** @type {Stream} */ { source }) => ['publish:', 'mirror:'].includes(source));
    } catch {
        return undefined;
    }
}

/** Fetches the list again and again, while the page is looked at. */
async function follow() {
    clearTimeout(timer);
    if (document.hidden) {
        return;
    }
    const streams = await list();
    element('story').textContent = streams ? '' : 'reconnecting…';
    if (streams) {
        show(streams);
    }
    clearTimeout(timer);
    timer = setTimeout(follow, streams ? PERIOD : PERIOD_WITHOUT_ANSWER);
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

document.addEventListener('visibilitychange', follow);
follow();
