// @ts-check
import './sightline-player.js';
import { situation } from './player/words.js';

/**
 * A stream as `/api/streams` tells of it, as far as this page needs it.
 *
 * @typedef {object} Stream
 * @property {string} name
 * @property {string} source
 * @property {import('./player/words.js').State} state
 * @property {string} [reason]
 * @property {string} since
 * @property {number} width
 * @property {number} height
 * @property {number} fps
 * @property {number} viewers
 *
 * @typedef {import('./player/words.js').Situation} Situation
 */

/** How often the list of streams is fetched, in milliseconds: as it should, and while the server does not answer. */
const PERIOD = 2_000;
const PERIOD_WITHOUT_ANSWER = 1_000;

/** New tiles are viewers, to be counted soon. */
const PERIOD_AT_FIRST = 750;

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

const grid = element('streams');
const template = /** @type {HTMLTemplateElement} */ (element('tile'));

/** One stream's tile: its live picture, and a caption. */
class Tile {
    /** @type {Stream} */
    #stream;
    #answered = true;
    #part;
    #player;

    /** @param {Stream} stream */
    constructor(stream) {
        this.#stream = stream;
        const copy = document.importNode(template.content, true);
        this.#part = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (this.root.querySelector(selector));
        this.root = /** @type {HTMLAnchorElement} */ (copy.firstElementChild);
        this.#player = /** @type {import('./sightline-player.js').SightlinePlayer} */ (this.#part('sightline-player'));
        this.#part('.name').textContent = stream.name;
        this.#player.setAttribute('stream', stream.name);
        this.#player.addEventListener('situation', () => this.#show());
        this.#show();
    }

    /** @param {Stream} stream what the server says of it now */
    update(stream) {
        this.#stream = stream;
        this.#answered = true;
        this.#show();
    }

    /** The server does not answer: what it said last is no longer known to be true. */
    doubt() {
        this.#answered = false;
        this.#show();
    }

    #show() {
        const invitation = this.#invitation();
        this.#player.hidden = invitation !== '';
        this.#part('.invitation').hidden = invitation === '';
        this.#part('.invitation span').textContent = invitation;
        this.root.href = `${invitation ? 'publish' : 'live'}/${encodeURIComponent(this.#stream.name)}`;
        const { word, tone, text } = this.#situation();
        this.root.dataset.tone = tone;
        this.#part('.word').textContent = word;
        this.#part('.figures').textContent = tone === 'live' ? this.#figures() : text;
        this.#part('.figures').title = text;
    }

    /** What stands in the picture's place where there is none before somebody sends one; else nothing. */
    #invitation() {
        const { source, state } = this.#stream;
        if (source === 'mirror:') {
            return 'the result comes back to the sender alone';
        }
        return source === 'publish:' && (state === 'OFFLINE' || state === 'STARTING') ? 'nobody is sending' : '';
    }

    /** The player knows first; while it is paused, the list is all there is. @returns {Situation} */
    #situation() {
        if (this.#answered && this.#invitation()) {
            return { word: this.#stream.source === 'mirror:' ? 'private' : 'free', tone: 'quiet', text: this.#senders() };
        }
        const seen = this.#player.situation;
        if (seen.word !== 'paused') {
            return seen;
        }
        const { state, since, reason } = this.#stream;
        return this.#answered ? situation(state, since, reason) : { word: 'reconnecting…', tone: 'trouble', text: '' };
    }

    #senders() {
        const { source, viewers } = this.#stream;
        return source === 'mirror:' && viewers > 0 ? `${viewers} sending now` : '';
    }

    #figures() {
        const { width, height, fps, viewers } = this.#stream;
        const size = width > 0 ? [`${width} × ${height}`] : [];
        return [...size, `${fps.toFixed(0)} fps`, viewers === 1 ? '1 viewer' : `${viewers} viewers`].join(' · ');
    }
}

/** @type {Map<string, Tile>} */
const tiles = new Map();

/**
 * Brings the tiles up to the list.
 *
 * @param {Stream[]} streams
 * @returns whether there are new ones
 */
function show(streams) {
    shape(streams);
    let added = false;
    const names = new Set(streams.map(({ name }) => name));
    [...tiles].filter(([name]) => !names.has(name)).forEach(([name, tile]) => {
        tile.root.remove();
        tiles.delete(name);
    });
    streams.forEach((stream, position) => {
        const known = tiles.get(stream.name);
        const tile = known ?? new Tile(stream);
        added ||= !known;
        tiles.set(stream.name, tile);
        tile.update(stream);
        if (grid.children[position] !== tile.root) {
            grid.insertBefore(tile.root, grid.children[position] ?? null);
        }
    });
    element('empty').hidden = streams.length > 0;
    return added;
}

/**
 * Gives the grid as many columns as suit the number of streams, and once, as soon as sizes are known, the tiles the shape
 * that most streams have.
 *
 * @param {Stream[]} streams
 */
function shape(streams) {
    const columns = streams.length <= 1 ? 1 : streams.length <= 4 ? 2 : streams.length <= 9 ? 3 : 4;
    grid.dataset.columns = String(columns);
    const known = streams.filter(({ width, height }) => width > 0 && height > 0);
    if (!grid.dataset.shape && known.length > 0) {
        const upright = known.filter(({ width, height }) => width / height < 1.5).length;
        grid.dataset.shape = upright > known.length / 2 ? '4-3' : '16-9';
    }
}

/** @param {Stream[]} streams */
function summary(streams) {
    const live = streams.filter(({ state }) => state === 'LIVE').length;
    if (streams.length === 0) {
        return '';
    }
    return streams.length === 1 ? `1 stream · ${live ? 'live' : 'not live'}` : `${streams.length} streams · ${live} live`;
}

/** The list of streams, or nothing where the server does not answer. @returns {Promise<Stream[] | undefined>} */
async function list() {
    try {
        const response = await fetch('api/streams', { cache: 'no-store', signal: AbortSignal.timeout(5_000) });
        return response.ok ? await response.json() : undefined;
    } catch {
        return undefined;
    }
}

/** Fetches the list and shows it. @returns how long to wait for the next time, in milliseconds */
async function refresh() {
    const streams = await list();
    if (streams) {
        say(summary(streams), false);
        return show(streams) ? PERIOD_AT_FIRST : PERIOD;
    }
    tiles.forEach((tile) => tile.doubt());
    say('reconnecting…', true);
    return PERIOD_WITHOUT_ANSWER;
}

/**
 * @param {string} text
 * @param {boolean} trouble
 */
function say(text, trouble) {
    const line = element('summary');
    line.classList.toggle('trouble', trouble);
    if (line.textContent !== text) {
        line.textContent = text;
    }
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
let round = 0;

/** Refreshes again and again, while the page is looked at. */
async function follow() {
    clearTimeout(timer);
    const mine = ++round;
    if (document.hidden) {
        return;
    }
    const wait = await refresh();
    if (mine === round) {
        timer = setTimeout(follow, wait);
    }
}

async function version() {
    const response = await fetch('api/version');
    if (response.ok) {
        element('version').textContent = `Sightline ${(await response.json()).version}`;
    }
}

document.addEventListener('visibilitychange', follow);
follow();
version().catch(() => {});
