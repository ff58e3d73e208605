import { leaveWithoutLogin } from './account.js';
import * as api from './api.js';
import { copyText } from './copy.js';
import { element, link, write } from './dom.js';
import { BoxesControl } from './live/boxes.js';
import { draw } from './live/chart.js';
import { details as rows, duration } from './live/details.js';
import { Minute } from './live/minute.js';
import { offerShares } from './live/share.js';
import { save } from './live/snapshot.js';
import { Zoom } from './player/zoom.js';
import './sightline-player.js';

/** Controls step back after so many milliseconds without a hand on them. */
const IDLE = 3_000;

/** How often figures are written, in milliseconds: often enough to be true, seldom enough to be read. */
const FIGURES = 500;

/** How often the server is asked about the session while the details are open, in milliseconds; about the stream half as often. */
const DETAILS = 1_000;

/** A notice stays for so many milliseconds. */
const NOTICE = 4_000;

const name = decodeURIComponent(location.pathname.split('/live/').pop()?.split('/')[0] ?? '');
const address = api.watchPage(name);
const player = /** @type {import('./sightline-player.js').SightlinePlayer} */ (element('player'));
const stage = element('stage');
const details = element('details');

/** What is said of a stream that nobody can watch. @type {import('./player/words.js').Situation} */
const PRIVATE = { word: 'private', tone: 'quiet', text: '' };

/** What the server says of the stream, as far as it was asked. @type {import('./api.js').Stream | undefined} */
let stream;
/** What the server says of the WebRTC session, while the details are open. @type {any} */
let session;
const minute = new Minute();
const boxes = new BoxesControl(element('boxes'), player, name);

/* The picture and its situation */

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
    showTransport();
    wake();
}

/** There is no such stream: says which there are. */
async function showNearest() {
    const heading = /** @type {HTMLElement} */ (element('unknown').querySelector('h2'));
    heading.textContent = `There is no stream “${name}”`;
    const list = element('nearest');
    list.replaceChildren(link('../', 'All streams'));
    const answer = await api.stream(name);
    for (const near of answer?.nearest ?? []) {
        list.insertBefore(link(api.watchPage(near), near), list.lastChild);
    }
}

/** Asks the server of the stream; what it says of another, or of none, does not count. */
async function ask() {
    const answer = await api.stream(name);
    stream = answer?.name === name ? answer : stream;
    if (stream) {
        boxes.learn(stream.changesPicture);
    }
}

/** What browsers send cannot always be watched: says so, and where to send. */
async function explainSending() {
    await ask();
    if (stream?.source === 'mirror:') {
        player.removeAttribute('stream');
        const advice = element('unknown');
        /** @type {HTMLElement} */ (advice.querySelector('h2')).textContent = `“${name}” gives every sender their own result`;
        /** @type {HTMLElement} */ (advice.querySelector('p')).textContent = 'There is nothing to watch for anybody else. Send your camera, and see what comes back.';
        element('nearest').replaceChildren(link(api.publishPage(name), 'Send your camera'), link('../', 'All streams'));
    }
    showSituation();
}

/* Figures */

function showFigures() {
    const { fps, age } = player.statistics;
    const live = player.situation.tone === 'live' && Number.isFinite(age);
    element('fps').textContent = live ? `${fps.toFixed(fps < 9.5 ? 1 : 0)} fps` : '– fps';
    element('age').textContent = live ? `${duration(age)} old` : '– ms old';
    showTransport();
    measure();
    if (!details.hidden) {
        showDetails();
    }
}

/** Takes down how the pictures come now, for the chart. */
function measure() {
    const { bitsPerSecond, fps, age } = player.statistics;
    const { tone } = player.situation;
    const comes = tone !== 'quiet';
    minute.add(performance.now(), {
        arriving: comes ? bitsPerSecond : NaN,
        carried: comes ? session?.watched?.estimate ?? NaN : NaN,
        fps: comes ? fps : NaN,
        age: tone === 'live' ? age : NaN,
    });
}

/** How the pictures come, and by colour and word whether a better transport is blocked. */
function showTransport() {
    const { transport, fallback } = player.statistics;
    const button = element('way');
    button.hidden = transport === '';
    button.textContent = transport;
    button.classList.toggle('second', fallback !== '');
    button.title = fallback ? `${transport} instead of a better way. ${fallback}` : `The pictures come by ${transport}`;
    button.ariaLabel = button.title;
}

function showDetails() {
    const live = player.situation.tone === 'live';
    const texts = rows({ figures: player.statistics, live, header: player.header, stream, session }).flat();
    const list = /** @type {HTMLElement} */ (details.querySelector('dl'));
    while (list.children.length > texts.length) {
        list.lastElementChild?.remove();
    }
    while (list.children.length < texts.length) {
        list.append(document.createElement('dt'), document.createElement('dd'));
    }
    texts.forEach((text, i) => write(list.children[i], text));
    draw(element('minute'), minute);
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

let turns = 0;

/** Asks the server about the session and the stream again and again, while the details are open and looked at. */
async function follow() {
    clearTimeout(following);
    if (details.hidden || document.hidden) {
        session = undefined;
        return;
    }
    await Promise.all([askSession(), turns++ % 2 === 0 && ask()]);
    if (!details.hidden) {
        showDetails();
    }
    clearTimeout(following);
    following = setTimeout(follow, DETAILS);
}

async function askSession() {
    const { session: id } = player.statistics;
    session = id && (await api.session(id));
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
    notice((await copyText(address)) ? `copied ${address}` : `this browser does not let pages copy; the link is ${address}`);
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
    b: () => boxes.toggle(),
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
element('studio').setAttribute('href', api.studioPage(name));
element('send').setAttribute('href', api.publishPage(name));
player.setAttribute('stream', name);
explainSending();
showSituation();
showFigures();
setInterval(showFigures, FIGURES);
leaveWithoutLogin(() => player.situation.tone !== 'live');
offerShares(name);
