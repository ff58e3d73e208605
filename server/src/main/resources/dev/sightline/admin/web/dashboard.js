import * as api from './api.js';
import { layout } from './dashboard/layout.js';
import { element, write } from './dom.js';
import { follow } from './follow.js';
import './sightline-player.js';
import { situation, troubles, troubleWord } from './player/words.js';

/**
 * @typedef {import('./api.js').Stream} Stream
 * @typedef {import('./player/words.js').Situation} Situation
 */

/** How often the list of streams is fetched, in milliseconds: as it should, and while the server does not answer. */
const PERIOD = 2_000;
const PERIOD_WITHOUT_ANSWER = 1_000;

/** New tiles are viewers, to be counted soon. */
const PERIOD_AT_FIRST = 750;

/** A tile takes another shape when its pictures have had it for so many milliseconds. */
const SETTLED = 5_000;

/** The shape of a stream that has had no picture yet. */
const UNKNOWN_SHAPE = 16 / 9;

const grid = element('streams');
const template = /** @type {HTMLTemplateElement} */ (element('tile'));

/** One stream's tile: its live picture, and a caption. */
class Tile {
    /** @type {Stream} */
    #stream;
    #answered = true;
    #part;
    #link;
    #player;
    #seenShape = 0;
    #turnedAt = -Infinity;

    /** The stream's. */
    name;

    /** Width by height. */
    shape = UNKNOWN_SHAPE;

    /** @param {Stream} stream */
    constructor(stream) {
        this.#stream = stream;
        this.name = stream.name;
        const copy = document.importNode(template.content, true);
        this.#part = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (this.root.querySelector(selector));
        this.root = /** @type {HTMLElement} */ (copy.firstElementChild);
        this.#link = /** @type {HTMLAnchorElement} */ (this.#part('.tile'));
        const studio = /** @type {HTMLAnchorElement} */ (this.#part('.to-studio'));
        studio.href = api.studioPage(stream.name);
        studio.ariaLabel = `Studio of ${stream.name}`;
        this.#player = /** @type {import('./sightline-player.js').SightlinePlayer} */ (this.#part('sightline-player'));
        this.#part('.name').textContent = stream.name;
        this.#player.setAttribute('stream', stream.name);
        this.#player.addEventListener('situation', () => this.#show());
        this.#player.addEventListener('picture', (event) => this.#see(/** @type {CustomEvent} */ (event).detail));
        this.#show();
    }

    /** A stream that turns now and then keeps its tile as it is. @param {import('./player/header.js').Header} picture */
    #see({ width, height }) {
        if (Math.abs(width / height / this.#seenShape - 1) > 0.02) {
            this.#turnedAt = this.#seenShape > 0 ? performance.now() : this.#turnedAt;
        }
        this.#seenShape = width / height;
    }

    /** @param {import('./dashboard/layout.js').Place} place */
    stand({ left, top, width, height, pictureWidth }) {
        const pixels = { left, top, width, '--picture-width': pictureWidth, '--picture-height': height };
        Object.entries(pixels).forEach(([name, value]) => this.root.style.setProperty(name, `${value}px`));
    }

    /** @param {Stream} stream what the server says of it now */
    update(stream) {
        this.#stream = stream;
        this.#answered = true;
        const { width, height } = stream;
        if (width > 0 && height > 0 && performance.now() - this.#turnedAt > SETTLED) {
            this.shape = width / height;
        }
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
        this.#link.href = `${invitation ? 'publish' : 'live'}/${encodeURIComponent(this.#stream.name)}`;
        const { word, tone, text } = this.#situation();
        this.root.dataset.tone = tone;
        this.#part('.word').textContent = word;
        this.#part('.figures').textContent = tone === 'live' ? this.#figures() : text;
        this.#part('.caption').title = text;
    }

    /** What stands in the picture's place where there is none before somebody sends one; else nothing. */
    #invitation() {
        const { source, state, worker } = this.#stream;
        if (source === 'mirror:') {
            return 'the result comes back only to the sender';
        }
        const away = state === 'OFFLINE' || state === 'STARTING';
        return source === 'publish:' && away && (worker?.state ?? 'UP') === 'UP' ? 'nobody is sending' : '';
    }

    /** The player knows first; while it is paused, the list is all there is. @returns {Situation} */
    #situation() {
        if (this.#answered && this.#invitation()) {
            return { word: this.#stream.source === 'mirror:' ? 'private' : 'free', tone: 'quiet', text: this.#senders() };
        }
        const seen = this.#player.situation;
        if (seen.word !== 'paused') {
            return seen.tone === 'live' ? this.#steps(seen) : seen;
        }
        const { state, since, reason } = this.#stream;
        return this.#answered ? this.#steps(situation(state, since, reason)) : { word: 'reconnecting…', tone: 'trouble', text: 'the server is away' };
    }

    /** A step in trouble is named, whatever comes out of the others. @param {Situation} live @returns {Situation} */
    #steps(live) {
        const word = live.tone === 'live' ? troubleWord(this.#stream.processors) : '';
        return word ? { word, tone: 'waiting', text: troubles(this.#stream.processors).join('; ') } : live;
    }

    #senders() {
        const { source, viewers } = this.#stream;
        return source === 'mirror:' && viewers > 0 ? `${viewers} sending now` : '';
    }

    #figures() {
        const { width, height, fps, viewers } = this.#stream;
        const size = width > 0 ? [`${width} × ${height}`] : [];
        return [...size, `${fps.toFixed(fps > 0 && fps < 1 ? 1 : 0)} fps`, viewers === 1 ? '1 viewer' : `${viewers} viewers`].join(' · ');
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
    grid.hidden = streams.length === 0;
    arrange();
    return added;
}

/** What the tiles were arranged for. */
let arranged = '';

/** Puts the tiles where they are as large as the window lets them be. */
function arrange() {
    const standing = [...grid.children].flatMap((root) => [...tiles.values()].filter((tile) => tile.root === root));
    if (standing.length === 0) {
        return;
    }
    const { clientHeight } = document.documentElement;
    const others = ['header', 'footer'].map((name) => document.querySelector(`.dashboard > ${name}`)?.getBoundingClientRect().height ?? 0);
    const room = { width: grid.clientWidth, height: clientHeight - others[0] - others[1] };
    const wanted = [room.width, room.height, ...standing.flatMap(({ shape, name }) => [name, shape])].join(' ');
    if (wanted === arranged) {
        return;
    }
    arranged = wanted;
    const plan = layout(standing.map(({ shape }) => shape), room, room.width < 560 ? 8 : 16);
    grid.classList.toggle('compact', plan.compact);
    grid.style.height = `${Math.max(plan.height, room.height)}px`;
    const top = Math.max(0, Math.floor((room.height - plan.height) / 2));
    standing.forEach((tile, i) => tile.stand({ ...plan.places[i], top: top + plan.places[i].top }));
}

/** @param {Stream[]} streams */
function summary(streams) {
    const live = streams.filter(({ state }) => state === 'LIVE').length;
    if (streams.length === 0) {
        return '';
    }
    return streams.length === 1 ? `1 stream · ${live ? 'live' : 'not live'}` : `${streams.length} streams · ${live} live`;
}

/** Fetches the list and shows it. @returns how long to wait for the next time, in milliseconds */
async function refresh() {
    const streams = await api.streams();
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
    write(line, text);
}

async function version() {
    const response = await fetch('api/version');
    if (response.ok) {
        element('version').textContent = `Sightline ${(await response.json()).version}`;
    }
}

addEventListener('resize', arrange);
const refreshSoon = follow(refresh);
addEventListener('sightline-streams', () => refreshSoon());
version().catch(() => {});
