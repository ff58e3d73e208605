import * as api from './api.js';
import { element, write } from './dom.js';

/** How often the list is fetched, in milliseconds: as it should, and while the server does not answer. */
const PERIOD = 2_000;
const PERIOD_WITHOUT_ANSWER = 1_000;

/** @typedef {import('./api.js').Stream} Stream */

/** @type {Map<string, HTMLAnchorElement>} */
const entries = new Map();

/** @param {Stream[]} offered those that browsers feed */
function show(offered) {
    const names = new Set(offered.map(({ name }) => name));
    [...entries].filter(([name]) => !names.has(name)).forEach(([name, entry]) => {
        entry.remove();
        entries.delete(name);
    });
    offered.forEach((stream) => fill(entryOf(stream.name), stream));
    element('empty').hidden = offered.length > 0;
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
    const text = source === 'mirror:' ? 'the result comes back only to you' : 'everyone who watches sees the result';
    entry.dataset.tone = free ? 'live' : 'waiting';
    const texts = { '.name': name, '.word': word, '.figures': free ? text : 'somebody is sending to it now' };
    for (const [selector, value] of Object.entries(texts)) {
        write(/** @type {Element} */ (entry.querySelector(selector)), value);
    }
}

/** Fetches the list again and again, while the page is looked at. */
async function follow() {
    clearTimeout(timer);
    if (document.hidden) {
        return;
    }
    const all = await api.streams();
    element('story').textContent = all ? '' : 'reconnecting…';
    if (all) {
        show(all.filter(api.takesCamera));
    }
    clearTimeout(timer);
    timer = setTimeout(follow, all ? PERIOD : PERIOD_WITHOUT_ANSWER);
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

document.addEventListener('visibilitychange', follow);
follow();
