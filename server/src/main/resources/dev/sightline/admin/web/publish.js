// @ts-check
import { cameras, explain, insecure, open } from './publish/camera.js';
import { Pictures } from './publish/pictures.js';
import { Video } from './publish/video.js';
import { ServerClock } from './player/server-clock.js';
import { away, timeOfDay } from './player/words.js';

/** How often figures are written anew, in milliseconds: often enough to be true, seldom enough to be read. */
const FIGURES = 500;

/**
 * When a connection is lost, pictures go on and video is tried again after so many milliseconds of them: a server that has just
 * started is sooner ready for pictures.
 */
const VIDEO_AGAIN = 15_000;

/** Why pictures are sent until then. */
const LOST = 'the connection was lost; video is tried again soon';

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @param {string} id */
const field = (id) => /** @type {HTMLInputElement} */ (document.getElementById(id));

const name = decodeURIComponent(location.pathname.split('/publish/').pop()?.split('/')[0] ?? '');
const home = new URL('..', location.href.replace(/[?#].*/, '')).href;
const video = /** @type {HTMLVideoElement} */ (element('camera'));
const canvas = /** @type {HTMLCanvasElement} */ (element('result'));
const resultVideo = /** @type {HTMLVideoElement} */ (element('result-video'));
const said = element('word');
const start = /** @type {HTMLButtonElement} */ (element('start'));

/** What the server says of the stream. @type {any} */
let stream;
/** @type {MediaStream | undefined} */
let camera;
/** @type {import('./publish/sending.js').Sending | undefined} */
let sending;
/** Why pictures are sent where video would be better. */
let barred = '';
/** @type {ReturnType<typeof setTimeout> | undefined} */
let videoAgain;
/** Whether the user wants to send: between a click on Start and one on Stop. */
let wanted = false;
let opening = 0;
/** When pictures last came back, or the sending began. */
let lostAt = Date.now();
let phase = '';

/* What is said */

/** @returns {{word: string, tone: import('./player/words.js').Situation['tone'], text: string}} */
function situation() {
    if (!wanted) {
        return { word: 'not sending', tone: 'quiet', text: '' };
    }
    if (!sending) {
        return { word: 'opening…', tone: 'waiting', text: 'the browser asks whether this page may use the camera' };
    }
    const { phase, reason: text } = sending.standing;
    switch (phase) {
        case 'live':
            return { word: 'live', tone: 'live', text };
        case 'silent':
            return { word: 'waiting', tone: 'waiting', text: text || `nothing has come back since ${timeOfDay(lostAt)}` };
        case 'connecting':
            return { word: 'connecting…', tone: 'waiting', text };
        case 'reconnecting':
            return { word: 'reconnecting…', tone: 'trouble', text: text || away(lostAt) };
        case 'barred':
            return { word: 'blocked', tone: 'trouble', text };
        case 'taken':
            return { word: 'taken', tone: 'trouble', text };
        case 'missing':
            return { word: 'unknown', tone: 'trouble', text: text || 'there is no such stream' };
        case 'over':
            return { word: 'ended', tone: 'quiet', text };
        default:
            return { word: 'refused', tone: 'trouble', text: text || 'the server takes no pictures here' };
    }
}

function show() {
    const { word, tone, text } = situation();
    document.body.dataset.tone = tone;
    said.textContent = word;
    const { troubles = [] } = sending?.standing ?? {};
    element('story').textContent = [text, ...troubles].filter(Boolean).join('; ');
    document.body.classList.toggle('with-trouble', troubles.length > 0);
    document.title = wanted ? `${name}: ${word} — Sightline` : `${name} — Sightline`;
    start.textContent = wanted ? 'Stop' : 'Start';
    start.classList.toggle('running', wanted);
    canvas.classList.toggle('old', word !== 'live');
    resultVideo.classList.toggle('old', word !== 'live');
    element('quality-label').hidden = chosen() === 'video' || sending instanceof Video;
    element('waiting').textContent = word === 'live' || !wanted ? 'What comes back is shown here.' : [word, text, ...troubles].filter(Boolean).join('\n');
}

/** @param {import('./publish/camera.js').Explanation | undefined} explanation nothing takes the last one away */
function showTrouble(explanation) {
    const box = element('trouble');
    box.hidden = !explanation;
    if (explanation) {
        /** @type {HTMLElement} */ (box.querySelector('h2')).textContent = explanation.title;
        /** @type {HTMLElement} */ (box.querySelector('p')).textContent = explanation.text;
        box.querySelector('ul')?.replaceChildren(...explanation.steps.map(step));
    }
}

/** @param {string | {href: string, text: string}} one */
function step(one) {
    const item = document.createElement('li');
    item.append(typeof one === 'string' ? one : link(one.href, one.text));
    return item;
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

function showFigures() {
    sending?.look();
    const figures = sending?.figures;
    const live = sending?.standing.phase === 'live';
    const { roundTrip = NaN, sent = 0, returned = 0 } = figures ?? {};
    element('round-trip').textContent = live && Number.isFinite(roundTrip) ? `${roundTrip.toFixed(0)} ms` : '–';
    element('sent').textContent = live ? `${sent.toFixed(0)} fps` : '–';
    element('returned').textContent = live ? `${returned.toFixed(0)} fps` : '–';
    element('dropped').textContent = figures ? String(figures.dropped) : '–';
    element('dropped').title = figures?.droppedWhere ?? '';
    element('line').textContent = live ? `${figures?.line}${barred && `, because ${barred}`}` : '';
}

/* The way of a picture */

function settings() {
    const [width, height] = sizes();
    return { width, height, rate: field('rate').valueAsNumber, quality: field('quality').valueAsNumber };
}

function sizes() {
    return field('size').value.split(' × ').map(Number);
}

/** Opens the camera that is chosen, in place of the one that is open. */
async function openCamera() {
    const mine = ++opening;
    const [width, height] = sizes();
    closeCamera();
    try {
        const opened = await open(field('device').value, width, height);
        if (mine !== opening) {
            opened.getTracks().forEach((track) => track.stop());
            return;
        }
        await begin(opened);
    } catch (error) {
        if (mine === opening) {
            stop();
            showTrouble(explain(error));
        }
    }
    listCameras();
}

/** @param {MediaStream} opened */
async function begin(opened) {
    showTrouble(undefined);
    camera = opened;
    camera.getVideoTracks()[0].addEventListener('ended', cameraGone);
    video.srcObject = camera;
    sending ??= begun();
    sending.take(camera, video, settings());
    show();
    await video.play().catch(() => {}); // overtaken by another camera
}

function closeCamera() {
    sending?.rest();
    camera?.getTracks().forEach((track) => track.stop());
    camera = undefined;
    video.srcObject = null;
}

function cameraGone() {
    stop();
    showTrouble({
        title: 'The camera is gone',
        text: 'It was unplugged, or the browser took it away.',
        steps: ['Press Start to send again.'],
    });
}

/** How the user wants it sent. @returns {'best' | 'video' | 'pictures'} */
function chosen() {
    return element('how-label').hidden ? 'pictures' : /** @type {any} */ (field('how').value);
}

/** A way of sending that has begun. */
function begun() {
    const place = { base: home, name };
    const asVideo = chosen() === 'video' || (chosen() === 'best' && !barred);
    const way = asVideo ? new Video(place, resultVideo, phaseChanged) : new Pictures(place, canvas, phaseChanged);
    way.connect(query());
    return way;
}

/** Sends another way from now on, the same camera. */
function change() {
    if (sending && camera) {
        sending.close();
        sending = undefined;
        sending = begun();
        sending.standing.succeed();
        sending.take(camera, video, settings());
    }
    show();
}

/** The processors that the user chose. */
function query() {
    const names = [...document.querySelectorAll('#processors input:checked')].map((box) => /** @type {any} */ (box).value);
    return names.length > 0 ? `?process=${names.map(encodeURIComponent).join(',')}` : '';
}

function phaseChanged() {
    const now = sending?.standing.phase ?? '';
    if (phase === 'live' || now === 'connecting') {
        lostAt = Date.now();
    }
    phase = now;
    if (chosen() === 'best' && sending instanceof Video && (now === 'barred' || now === 'reconnecting')) {
        goByPictures(now, sending.standing.reason);
        return;
    }
    if (now === 'live' && sending instanceof Pictures && videoAgain === undefined && barred === LOST) {
        videoAgain = setTimeout(tryVideo, VIDEO_AGAIN);
    }
    if (now === 'taken') {
        stop();
        showTrouble({
            title: `“${name}” is taken`,
            text: 'Somebody else is sending to it, and one at a time can.',
            steps: [
                'Press Start to try again when the other one has stopped.',
                { href: `${home}live/${encodeURIComponent(name)}`, text: 'Watch it meanwhile' },
            ],
        });
    }
    show();
}

/**
 * A connection that is lost is left at once, and followed by another when the server answers.
 *
 * @param {'barred' | 'reconnecting'} now
 * @param {string} reason
 */
async function goByPictures(now, reason) {
    const before = sending;
    const since = lostAt;
    barred = now === 'barred' ? `WebRTC is barred: ${reason}` : LOST;
    if (now === 'reconnecting') {
        show();
        before?.close();
        await ServerClock.of(home).answer();
    }
    if (sending === before) {
        change();
        lostAt = since;
    }
}

function tryVideo() {
    videoAgain = undefined;
    if (barred === LOST && sending?.standing.phase === 'live') {
        barred = '';
        change();
    }
}

function stop() {
    opening++;
    wanted = false;
    closeCamera();
    sending?.close();
    sending = undefined;
    barred = '';
    canvas.hidden = resultVideo.hidden = true;
    show();
    showFigures();
}

function toggle() {
    if (wanted) {
        stop();
        return;
    }
    wanted = true;
    showTrouble(undefined);
    show();
    openCamera();
}

/* What can be chosen */

async function listCameras() {
    const list = /** @type {HTMLSelectElement} */ (element('device'));
    const found = await cameras().catch(() => []);
    const chosen = list.value || (camera?.getVideoTracks()[0].getSettings().deviceId ?? '');
    if (found.length > 0) {
        list.replaceChildren(...found.map(({ id, label }) => new Option(label, id, false, id === chosen)));
    }
}

function settingsChanged() {
    element('rate-told').textContent = field('rate').ariaValueText = `${field('rate').value} fps`;
    element('quality-told').textContent = field('quality').value;
    sending?.set(settings());
}

function sizeChanged() {
    const [width, height] = sizes();
    element('pictures').dataset.shape = width / height > 1.5 ? '16-9' : '4-3';
    cameraChanged();
}

function cameraChanged() {
    if (wanted) {
        openCamera();
    }
}

/** Other processors are another session. */
function processorsChanged() {
    sending?.connect(query());
}

/* What the stream is */

async function ask() {
    try {
        return await (await fetch(`${home}api/streams/${encodeURIComponent(name)}`, { cache: 'no-store' })).json();
    } catch {
        return undefined;
    }
}

async function getToKnow() {
    const answer = await ask();
    if (!answer) {
        setTimeout(getToKnow, 1_000);
        return;
    }
    if (answer.name === name && ['publish:', 'mirror:'].includes(answer.source)) {
        offer(answer);
    } else {
        turnAway(answer);
    }
}

/** @param {any} known what the server says of the stream */
function offer(known) {
    stream = known;
    const shared = stream.source === 'publish:';
    element('share').hidden = !shared;
    element('private').hidden = shared;
    element('how-label').hidden = !shared;
    start.disabled = false;
    const choice = stream.clientProcessors ?? [];
    element('processors').hidden = choice.length === 0;
    element('processors').append(...choice.map(processor));
    const own = (stream.processors ?? []).filter((/** @type {any} */ step) => !step.chosen).map((/** @type {any} */ step) => step.name).join(', ');
    element('legend').textContent = own ? `Processors to run after ${own}` : 'Processors';
}

/** @param {string} one a processor's name */
function processor(one) {
    const label = document.createElement('label');
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.value = one;
    label.append(box, one);
    return label;
}

/** There is nothing to send to under this name. @param {any} answer what the server says */
function turnAway(answer) {
    const known = answer.name === name;
    showTrouble({
        title: known ? `“${name}” has a source of its own` : `There is no stream “${name}”`,
        text: known
            ? 'Only streams of the kinds publish: and mirror: are fed by browsers.'
            : 'Its name may be written otherwise, or the server was started without it.',
        steps: [],
    });
    hideControls();
    const nearest = (answer.nearest ?? []).map((/** @type {string} */ near) => link(`${home}publish/${encodeURIComponent(near)}`, near));
    const watch = known ? [link(`${home}live/${encodeURIComponent(name)}`, `Watch ${name}`)] : [];
    element('others').replaceChildren(...watch, ...nearest, link(`${home}publish`, 'All that can be sent to'));
    element('others').hidden = false;
}

/** There is nothing to be done here with a camera. */
function hideControls() {
    ['pictures', 'bar', 'settings'].forEach((id) => (element(id).hidden = true));
    said.parentElement?.remove();
}

async function copy() {
    const address = field('link');
    const button = element('copy');
    address.select();
    try {
        await navigator.clipboard.writeText(address.value);
        button.textContent = 'Copied';
    } catch {
        button.textContent = document.execCommand('copy') ? 'Copied' : 'Press Ctrl+C';
    }
    setTimeout(() => (button.textContent = 'Copy'), 2_000);
}

element('name').textContent = name;
if (['localhost', '127.0.0.1', '[::1]'].includes(location.hostname)) {
    element('link-told').textContent = 'Watched at (an address of this computer alone; others need its name)';
}
field('link').value = `${home}live/${encodeURIComponent(name)}`;
start.addEventListener('click', toggle);
element('copy').addEventListener('click', copy);
element('settings').addEventListener('input', settingsChanged);
element('settings').addEventListener('submit', (event) => event.preventDefault());
element('device').addEventListener('change', cameraChanged);
element('size').addEventListener('change', sizeChanged);
element('how').addEventListener('change', () => {
    barred = '';
    change();
});
element('processors').addEventListener('change', processorsChanged);
for (const surface of [canvas, resultVideo]) {
    // Until another way brings its first picture, the last one of this way stays.
    surface.addEventListener('picture', () => {
        surface.hidden = false;
        (surface === canvas ? resultVideo : canvas).hidden = true;
    });
}
video.addEventListener('emptied', () => video.classList.remove('open'));
video.addEventListener('playing', () => video.classList.add('open'));
navigator.mediaDevices?.addEventListener('devicechange', listCameras);
sizeChanged();
settingsChanged();
show();
showFigures();
if (insecure()) {
    showTrouble(insecure());
    hideControls();
}
getToKnow();
listCameras();
setInterval(showFigures, FIGURES);
