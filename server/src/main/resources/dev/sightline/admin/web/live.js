// @ts-check
import { copyText } from './copy.js';
import { save } from './live/snapshot.js';
import { Zoom } from './player/zoom.js';
import { troubles } from './player/words.js';
import './sightline-player.js';

/** Controls step back after so many milliseconds without a hand on them. */
const IDLE = 3_000;

/** How often figures are written anew, in milliseconds: often enough to be true, seldom enough to be read. */
const FIGURES = 500;

/** How often the server is asked about the stream while its details are open, in milliseconds. */
const DETAILS = 2_000;

/** A notice stays for so many milliseconds. */
const NOTICE = 4_000;

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

const name = decodeURIComponent(location.pathname.split('/live/').pop()?.split('/')[0] ?? '');
const address = `../live/${encodeURIComponent(name)}`;
const player = /** @type {import('./sightline-player.js').SightlinePlayer} */ (element('player'));
const stage = element('stage');
const details = element('details');

/** What is said of a stream that nobody can watch. @type {import('./player/words.js').Situation} */
const PRIVATE = { word: 'private', tone: 'quiet', text: '' };

/** What the server says of the stream, as far as it was asked. @type {any} */
let stream;
/** What the server says of the WebRTC session. @type {any} */
let session;

/* The picture and what is said of it */

function showSituation() {
    const { word, tone, text } = stream?.source === 'mirror:' ? PRIVATE : player.situation;
    stage.dataset.tone = tone;
    element('word').textContent = word;
    // Where the picture stands still for a step, the situation tells of it.
    const troubles = tone === 'live' ? player.troubles : [];
    element('story').textContent = player.telling ? '' : [text, ...troubles].filter(Boolean).join('; ');
    stage.classList.toggle('with-trouble', troubles.length > 0);
    document.title = tone === 'live' ? `${name} — Sightline` : `${name}: ${word} — Sightline`;
    element('send').hidden = stream?.source !== 'publish:' || tone === 'live';
    if (word === 'unknown' && element('unknown').hidden) {
        showNearest();
    }
    const unknown = word === 'unknown' || word === PRIVATE.word;
    element('unknown').hidden = !unknown;
    stage.classList.toggle('without-stream', unknown);
    showWay();
    wake();
}

/** There is no such stream: says which there are. */
async function showNearest() {
    const heading = /** @type {HTMLElement} */ (element('unknown').querySelector('h2'));
    heading.textContent = `There is no stream “${name}”`;
    const list = element('nearest');
    list.replaceChildren(link('../', 'All streams'));
    const answer = await ask();
    for (const near of answer?.nearest ?? []) {
        list.insertBefore(link(`../live/${encodeURIComponent(near)}`, near), list.lastChild);
    }
}

/**
 * @param {string} href
 * @param {string} text
 */
function link(href, text) {
    const anchor = document.createElement('a');
    anchor.href = href;
    anchor.textContent = text;
    return anchor;
}

/** What the server says of the stream, or of its absence. @returns {Promise<any>} */
async function ask() {
    try {
        return await (await fetch(`../api/streams/${encodeURIComponent(name)}`, { cache: 'no-store' })).json();
    } catch {
        return undefined;
    }
}

/** What the server says of this page's WebRTC session, where there is one. @returns {Promise<any>} */
async function askOfSession() {
    const { session: id } = player.statistics;
    try {
        return id ? await (await fetch(`../api/webrtc/${id}`, { cache: 'no-store' })).json() : undefined;
    } catch {
        return undefined;
    }
}

/** What browsers send cannot always be watched: says so, and where to send. */
async function explainSending() {
    stream = (await ask()) ?? stream;
    if (stream?.source === 'mirror:') {
        player.removeAttribute('stream');
        const advice = element('unknown');
        /** @type {HTMLElement} */ (advice.querySelector('h2')).textContent = `“${name}” gives every sender their own result`;
        /** @type {HTMLElement} */ (advice.querySelector('p')).textContent = 'There is nothing to watch for anybody else. Send your camera, and see what comes back.';
        element('nearest').replaceChildren(link(`../publish/${encodeURIComponent(name)}`, 'Send your camera'), link('../', 'All streams'));
    }
    showSituation();
}

/* Figures */

function showFigures() {
    const { fps, age } = player.statistics;
    const live = player.situation.tone === 'live' && Number.isFinite(age);
    element('fps').textContent = live ? `${fps.toFixed(fps < 9.5 ? 1 : 0)} fps` : '– fps';
    element('age').textContent = live ? `${duration(age)} old` : '– ms old';
    showWay();
    if (!details.hidden) {
        showDetails();
    }
}

/** How the pictures come, and by colour and word whether a better way is barred. */
function showWay() {
    const { transport, fallback } = player.statistics;
    const way = element('way');
    way.hidden = transport === '';
    way.textContent = transport;
    way.classList.toggle('second', fallback !== '');
    way.title = fallback ? `${transport} instead of a better way. ${fallback}` : `The pictures come by ${transport}`;
    way.ariaLabel = way.title;
}

function showDetails() {
    const s = player.statistics;
    const known = s.painted > 0;
    const live = player.situation.tone === 'live';
    fill([
        ['Picture', known ? `${s.width} × ${s.height}, no. ${s.seq}` : '–'],
        ['Age', live && Number.isFinite(s.age) && Number.isFinite(s.ageUncertainty) ? `${duration(s.age)} ± ${duration(Math.max(1, s.ageUncertainty))}` : '–'],
        ['Rate', live ? `${s.fps.toFixed(1)} fps here, ${stream?.fps?.toFixed(1) ?? '–'} at the source` : '–'],
        ['Network', network(s)],
        ...(s.fallback ? [['Better way', s.fallback.replaceAll('; ', '\n')]] : []),
        ...rendition(),
        ['Dropped', `${s.missed} on the way, ${s.dropped ?? 0} here`],
        ...losses(s),
        ['Found', found()],
        ['Source', stream?.source ?? '–'],
        ['Steps', steps()],
        ['Viewers', String(stream?.viewers ?? '–')],
        ['Encoded', renditions()],
    ]);
}

/** @typedef {typeof player.statistics} Figures */

/** @param {Figures} figures */
function network({ transport, carrier, codec, bitsPerSecond, bytesPerPicture, roundTrip = NaN }) {
    const rate = `${(bitsPerSecond / 1e6).toFixed(1)}\u00a0Mbit/s`;
    if (transport !== 'WebRTC') {
        return `${transport || '–'}, ${rate}, ${size(bytesPerPicture)} a picture`;
    }
    const how = carrier ? ` over ${carrier.toUpperCase()}` : '';
    const trip = Number.isFinite(roundTrip) ? `, ${duration(roundTrip).replace(' ', '\u00a0')} there and back` : '';
    return `WebRTC${how}, ${codec ? `${codec.toUpperCase()}, ` : ''}${rate}${trip}`;
}

/** Which of the renditions comes, and why that one. */
function rendition() {
    const { rendition = '', reason = '' } = session?.watched ?? {};
    return rendition ? [['Rendition', `${rendition}: ${reason}`]] : [];
}

/** What was lost on the way and what became of it, where that can be counted. @param {Figures} figures */
function losses({ packetsLost, packetsRepaired, freezes, frozen = 0 }) {
    return packetsLost === undefined
        ? []
        : [['Packets', `${packetsLost} lost, ${packetsRepaired} sent again`], ['Stood still', `${freezes === 1 ? 'once' : `${freezes} times`}, ${(frozen / 1000).toFixed(1)} s in all`]];
}

/** @param {string[][]} rows */
function fill(rows) {
    const list = /** @type {HTMLElement} */ (details.querySelector('dl'));
    while (list.children.length > 2 * rows.length) {
        list.lastElementChild?.remove();
    }
    while (list.children.length < 2 * rows.length) {
        list.append(document.createElement('dt'), document.createElement('dd'));
    }
    rows.flat().forEach((text, i) => {
        if (list.children[i].textContent !== text) {
            list.children[i].textContent = text;
        }
    });
}

/** What was found in the picture shown, by label: `2 face, 1 motion`. */
function found() {
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const { label } of player.header?.metadata?.detections ?? []) {
        counts.set(label, (counts.get(label) ?? 0) + 1);
    }
    return [...counts].map(([label, count]) => `${count} ${label}`).join(', ') || 'nothing';
}

function steps() {
    const texts = (stream?.processors ?? []).map((/** @type {any} */ step) => {
        const failures = step.failures > 0 ? `, ${step.failures} failures` : '';
        return `${step.name} ${step.millis.toFixed(1)} ms${failures}`;
    });
    return [...texts, ...troubles(stream?.processors)].join('\n') || 'none';
}

function renditions() {
    const encoded = (stream?.renditions ?? []).filter((/** @type {any} */ { name }) => name !== 'metadata');
    const texts = encoded.map((/** @type {any} */ one) => {
        const passed = one.frames > 0 ? 'as it comes' : 'nothing yet';
        const how = one.encoder ? `${one.millis.toFixed(1)} ms by ${one.encoder}` : passed;
        return `${one.name}, ${how}, ${one.viewers === 1 ? '1 viewer' : `${one.viewers} viewers`}`;
    });
    return texts.join('\n') || '–';
}

/** @param {number} milliseconds */
function duration(milliseconds) {
    const shown = Math.max(0, milliseconds);
    return shown < 10_000 ? `${shown.toFixed(0)} ms` : `${(shown / 1000).toFixed(0)} s`;
}

/** @param {number} bytes */
function size(bytes) {
    return Number.isFinite(bytes) ? `${(bytes / 1000).toFixed(0)} kB` : '–';
}

/* Controls */

/** @type {ReturnType<typeof setTimeout> | undefined} */
let idle;

/** Shows the controls, and lets them step back later if the picture is all there is to see. */
function wake() {
    clearTimeout(idle);
    stage.classList.remove('idle');
    if (stage.dataset.tone === 'live' && details.hidden && player.troubles.length === 0) {
        idle = setTimeout(() => stage.classList.add('idle'), IDLE);
    }
}

/** @param {PointerEvent} event a tap on the picture shows the controls, or hides them */
function tap(event) {
    if (event.target === player && zoom.dragged) {
        return;
    }
    if (event.pointerType === 'touch' && event.target === player && !stage.classList.contains('idle')) {
        clearTimeout(idle);
        stage.classList.toggle('idle', stage.dataset.tone === 'live' && Boolean(details.hidden));
    } else {
        wake();
    }
}

/** @param {boolean} [open] otherwise, whether they are closed now */
function toggleDetails(open = Boolean(details.hidden)) {
    details.hidden = !open;
    element('info').setAttribute('aria-expanded', String(open));
    showFigures();
    follow();
    wake();
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let following;

/** Asks the server about the stream again and again, while its details are open and looked at. */
async function follow() {
    clearTimeout(following);
    if (details.hidden || document.hidden) {
        return;
    }
    const answer = await ask();
    stream = answer?.name === name ? answer : stream;
    session = await askOfSession();
    showDetails();
    clearTimeout(following);
    following = setTimeout(follow, DETAILS);
}

function toggleFullscreen() {
    if (document.fullscreenElement) {
        document.exitFullscreen();
    } else {
        document.documentElement.requestFullscreen();
    }
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let noticed;

/** Tells what a control did. @param {string} text */
function notice(text) {
    clearTimeout(noticed);
    element('notice').textContent = text;
    noticed = setTimeout(() => (element('notice').textContent = ''), NOTICE);
}

async function snapshot() {
    notice(await save(`${address}/jpeg`, name));
}

async function copyLink() {
    const link = new URL(address, location.href).href;
    notice((await copyText(link)) ? `copied ${link}` : `this browser does not let pages copy; the link is ${link}`);
}

const zoom = new Zoom(player, () => {
    const button = element('zoom');
    button.hidden = zoom.scale === 1;
    button.textContent = `${zoom.scale.toFixed(1)}×`;
    button.ariaLabel = `Zoomed ${zoom.scale.toFixed(1)} times, show the whole picture`;
    stage.classList.toggle('zoomed', zoom.scale > 1);
});

/** A second click brings the whole picture back, or where that is shown, fills the screen. @param {MouseEvent} event */
function doubleClick(event) {
    if (event.target !== player) {
        return;
    }
    if (zoom.scale > 1) {
        zoom.reset();
    } else {
        toggleFullscreen();
    }
}

/** By key; letters whether or not Caps Lock is on. @type {Record<string, () => void>} */
const KEYS = {
    f: toggleFullscreen,
    i: () => toggleDetails(),
    s: snapshot,
    m: () => element('mjpeg').click(),
    c: copyLink,
    t: () => dispatchEvent(new Event('sightline-theme')),
    '+': () => zoom.step(1),
    '=': () => zoom.step(1),
    '-': () => zoom.step(-1),
    '0': () => zoom.reset(),
    arrowleft: () => zoom.look(-1, 0),
    arrowright: () => zoom.look(1, 0),
    arrowup: () => zoom.look(0, -1),
    arrowdown: () => zoom.look(0, 1),
    escape: () => toggleDetails(false),
};

/** @param {KeyboardEvent} event */
function key(event) {
    wake();
    const name = event.key.toLowerCase();
    const chooses = event.target instanceof HTMLSelectElement && name !== 'escape';
    const held = event.repeat && !/^(arrow|[+=-])/.test(name);
    if (!event.ctrlKey && !event.metaKey && !event.altKey && !chooses && !held) {
        KEYS[name]?.();
    }
}

element('name').textContent = name;
element('jpeg').setAttribute('href', `${address}/jpeg`);
element('mjpeg').setAttribute('href', `${address}/mjpeg`);
element('jpeg').addEventListener('click', (event) => {
    event.preventDefault();
    snapshot();
});
element('copy').addEventListener('click', copyLink);
element('zoom').addEventListener('click', () => zoom.reset());
element('info').addEventListener('click', () => toggleDetails());
element('way').addEventListener('click', () => toggleDetails(true));
element('fullscreen').addEventListener('click', toggleFullscreen);
element('fullscreen').hidden = !document.fullscreenEnabled;
stage.addEventListener('pointermove', (event) => event.pointerType !== 'touch' && wake());
stage.addEventListener('pointerup', tap);
stage.addEventListener('dblclick', doubleClick);
stage.addEventListener('focusin', wake);
document.addEventListener('keydown', key);
document.addEventListener('visibilitychange', follow);
player.addEventListener('situation', showSituation);
const asked = new URLSearchParams(location.search);
for (const attribute of ['width', 'transport', 'codec']) {
    const value = asked.get(attribute);
    if (value) {
        player.setAttribute(attribute, value);
    }
}
element('send').setAttribute('href', `../publish/${encodeURIComponent(name)}`);
player.setAttribute('stream', name);
explainSending();
showSituation();
showFigures();
setInterval(showFigures, FIGURES);
