// @ts-check
import { cameras, explain, insecure, open } from './publish/camera.js';
import { Grabber } from './publish/grabber.js';
import { Uplink } from './publish/uplink.js';
import { timeOfDay } from './player/words.js';

/** How often figures are written anew, in milliseconds: often enough to be true, seldom enough to be read. */
const FIGURES = 500;

/**
 * How often it is looked whether a picture may be sent again, in milliseconds; answers bring that about sooner. It matters
 * where they do not come.
 */
const LOOK = 250;

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @param {string} id */
const field = (id) => /** @type {HTMLInputElement} */ (document.getElementById(id));

const name = decodeURIComponent(location.pathname.split('/publish/').pop()?.split('/')[0] ?? '');
const home = new URL('..', location.href.replace(/[?#].*/, '')).href;
const video = /** @type {HTMLVideoElement} */ (element('camera'));
const canvas = /** @type {HTMLCanvasElement} */ (element('result'));
const said = element('word');
const start = /** @type {HTMLButtonElement} */ (element('start'));

/** What the server says of the stream. @type {any} */
let stream;
/** @type {MediaStream | undefined} */
let camera;
/** @type {Grabber | undefined} */
let grabber;
/** @type {Uplink | undefined} */
let uplink;
/** Whether the user wants to send: between a click on Start and one on Stop. */
let wanted = false;
let opening = 0;
let lostAt = 0;
let phase = '';

/* What is said */

/** @returns {{word: string, tone: import('./player/words.js').Situation['tone'], text: string}} */
function situation() {
    if (!wanted) {
        return { word: 'not sending', tone: 'quiet', text: '' };
    }
    if (!uplink) {
        return { word: 'opening…', tone: 'waiting', text: 'the browser asks whether this page may use the camera' };
    }
    const text = uplink.reason;
    switch (uplink.phase) {
        case 'live':
            return { word: 'live', tone: 'live', text };
        case 'silent':
            return { word: 'waiting', tone: 'waiting', text: text || `nothing has come back since ${timeOfDay(lostAt)}` };
        case 'connecting':
            return { word: 'connecting…', tone: 'waiting', text };
        case 'reconnecting':
            return { word: 'reconnecting…', tone: 'trouble', text: text || `no connection since ${timeOfDay(lostAt)}` };
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
    element('story').textContent = text;
    document.title = wanted ? `${name}: ${word} — Sightline` : `${name} — Sightline`;
    start.textContent = wanted ? 'Stop' : 'Start';
    start.classList.toggle('running', wanted);
    canvas.classList.toggle('old', word !== 'live');
    element('waiting').textContent = word === 'live' || !wanted ? 'What comes back is shown here.' : `${word}`;
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
    uplink?.look();
    const flow = uplink?.flow;
    const live = uplink?.phase === 'live';
    element('round-trip').textContent = flow && live ? `${flow.roundTrip.toFixed(0)} ms` : '–';
    element('sent').textContent = flow && live ? `${flow.sentRate.toFixed(0)} fps` : '–';
    element('returned').textContent = flow && live ? `${flow.answerRate.toFixed(0)} fps` : '–';
    element('dropped').textContent = flow ? String(flow.skipped + flow.lost) : '–';
    element('dropped').title = flow ? `${flow.skipped} not sent, because earlier ones had no answer yet; ${flow.lost} on the way` : '';
}

/* The way of a picture */

function settings() {
    const [width, height] = sizes();
    return { width, height, rate: field('rate').valueAsNumber, quality: field('quality').valueAsNumber };
}

function sizes() {
    return field('size').value.split(' × ').map(Number);
}

function pace() {
    if (grabber) {
        grabber.ready = Boolean(uplink?.ready);
    }
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
    grabber = new Grabber(camera, video, settings(), {
        onPicture: (jpeg, captureTime) => {
            uplink?.send(jpeg, captureTime);
            pace();
        },
        onSkipped: () => {
            uplink?.skip();
            pace();
        },
    });
    if (!uplink) {
        uplink = new Uplink(home, canvas, phaseChanged, pace);
        uplink.connect(path());
    }
    show();
    pace();
    await video.play().catch(() => {}); // overtaken by another camera
}

function closeCamera() {
    grabber?.close();
    grabber = undefined;
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

/** Where pictures go. */
function path() {
    const chosen = [...document.querySelectorAll('#processors input:checked')].map((box) => /** @type {any} */ (box).value);
    const query = chosen.length > 0 ? `?process=${chosen.map(encodeURIComponent).join(',')}` : '';
    return `live/${encodeURIComponent(name)}/ws${query}`;
}

function phaseChanged() {
    const now = uplink?.phase ?? '';
    if (phase === 'live') {
        lostAt = Date.now();
    }
    phase = now;
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
    pace();
}

function stop() {
    opening++;
    wanted = false;
    uplink?.close();
    uplink = undefined;
    closeCamera();
    canvas.hidden = true;
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
    element('rate-told').textContent = `${field('rate').value} fps`;
    element('quality-told').textContent = field('quality').value;
    grabber?.set(settings());
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
    uplink?.connect(path());
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
    start.disabled = false;
    const choice = stream.clientProcessors ?? [];
    element('processors').hidden = choice.length === 0;
    element('processors').append(...choice.map(processor));
    const own = (stream.processors ?? []).map((/** @type {{name: string}} */ step) => step.name).join(', ');
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
element('processors').addEventListener('change', processorsChanged);
canvas.addEventListener('picture', () => (canvas.hidden = false));
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
setInterval(pace, LOOK);
