import { leaveWithoutLogin } from './account.js';
import * as api from './api.js';
import { copyText } from './copy.js';
import { element, field, link } from './dom.js';
import { insecure } from './publish/camera.js';
import { form, listCameras, offerProcessors, showSettings } from './publish/form.js';
import { PublishSession } from './publish/publish-session.js';
import { situation } from './publish/situation.js';

/** How often figures are written, in milliseconds: often enough to be true, seldom enough to be read. */
const FIGURES = 500;

/** The server is asked again after so many milliseconds, where it does not answer. */
const AGAIN = 1_000;

const name = decodeURIComponent(location.pathname.split('/publish/').pop()?.split('/')[0] ?? '');
const camera = /** @type {HTMLVideoElement} */ (element('camera'));
const canvas = /** @type {HTMLCanvasElement} */ (element('result'));
const video = /** @type {HTMLVideoElement} */ (element('result-video'));
const said = element('word');
const start = /** @type {HTMLButtonElement} */ (element('start'));

const session = new PublishSession({ base: api.HOME, name }, { camera, canvas, video }, form, {
    onChange: show,
    onCamera: list,
    onTrouble: showTrouble,
});

/* What is said */

function show() {
    const { wanted, status } = session;
    const { word, tone, text } = situation(session);
    const troubles = status?.troubles ?? [];
    document.body.dataset.tone = tone;
    said.textContent = word;
    element('story').textContent = [text, ...troubles].filter(Boolean).join('; ');
    document.body.classList.toggle('with-trouble', troubles.length > 0);
    document.title = wanted ? `${name}: ${word} — Sightline` : `${name} — Sightline`;
    start.textContent = wanted ? 'Stop' : 'Start';
    start.classList.toggle('running', wanted);
    canvas.classList.toggle('old', word !== 'live');
    video.classList.toggle('old', word !== 'live');
    element('quality-label').hidden = form.how === 'video' || session.isVideo;
    const story = [word, text, ...troubles].filter(Boolean).join('\n');
    element('waiting').textContent = word === 'live' || !wanted ? 'What comes back is shown here.' : story;
    if (!wanted) {
        canvas.hidden = video.hidden = true;
        showFigures();
    }
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

function showFigures() {
    const figures = session.figures();
    const live = session.status?.phase === 'live';
    const { roundTrip = NaN, sent = 0, returned = 0 } = figures ?? {};
    element('round-trip').textContent = live && Number.isFinite(roundTrip) ? `${roundTrip.toFixed(0)} ms` : '–';
    element('sent').textContent = live ? `${sent.toFixed(0)} fps` : '–';
    element('returned').textContent = live ? `${returned.toFixed(0)} fps` : '–';
    element('dropped').textContent = figures ? String(figures.dropped) : '–';
    element('dropped').title = figures?.droppedWhere ?? '';
    element('line').textContent = live ? `${figures?.line}${session.fallback && `, because ${session.fallback}`}` : '';
}

/* What can be chosen */

function list() {
    listCameras(session.device);
}

function toggle() {
    if (session.wanted) {
        session.stop();
    } else {
        session.start();
    }
}

function cameraChanged() {
    if (session.wanted) {
        session.openCamera();
    }
}

function settingsChanged() {
    showSettings();
    session.settingsChanged();
}

/* What the stream is */

async function getToKnow() {
    const answer = await api.stream(name);
    if (!answer) {
        setTimeout(getToKnow, AGAIN);
    } else if (answer.name === name && api.takesCamera(answer)) {
        offer(answer);
    } else {
        turnAway(answer);
    }
}

/** @param {import('./api.js').Stream} stream */
function offer({ source, processors, clientProcessors }) {
    const shared = source === 'publish:';
    element('share').hidden = !shared;
    element('private').hidden = shared;
    element('how-label').hidden = !shared;
    start.disabled = false;
    offerProcessors(clientProcessors ?? [], (processors ?? []).filter(({ chosen }) => !chosen).map((step) => step.name));
}

/** There is nothing to send to under this name. @param {import('./api.js').Stream | import('./api.js').Unknown} answer */
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
    const others = (answer.nearest ?? []).map((near) => link(api.publishPage(near), near));
    const watch = known ? [link(api.watchPage(name), `Watch ${name}`)] : [];
    element('others').replaceChildren(...watch, ...others, link(`${api.HOME}publish`, 'All that can be sent to'));
    element('others').hidden = false;
}

/** There is nothing to be done here with a camera. */
function hideControls() {
    ['pictures', 'bar', 'settings'].forEach((id) => (element(id).hidden = true));
    said.parentElement?.remove();
}

async function copy() {
    const button = element('copy');
    const copied = await copyText(field('link').value);
    if (!copied) {
        field('link').select();
    }
    button.textContent = copied ? 'Copied' : 'Press Ctrl+C';
    setTimeout(() => (button.textContent = 'Copy'), 2_000);
}

element('name').textContent = name;
if (['localhost', '127.0.0.1', '[::1]'].includes(location.hostname)) {
    element('link-told').textContent = 'Watched at (an address for this computer only; others need its name)';
}
field('link').value = api.watchPage(name);
start.addEventListener('click', toggle);
element('copy').addEventListener('click', copy);
element('settings').addEventListener('input', settingsChanged);
element('settings').addEventListener('submit', (event) => event.preventDefault());
element('device').addEventListener('change', cameraChanged);
element('size').addEventListener('change', cameraChanged);
element('how').addEventListener('change', () => session.howChanged());
element('processors').addEventListener('change', () => session.processorsChanged());
for (const surface of [canvas, video]) {
    // Until video or JPEGs bring their first picture, the last one of the others stays.
    surface.addEventListener('picture', () => {
        surface.hidden = false;
        (surface === canvas ? video : canvas).hidden = true;
    });
}
camera.addEventListener('emptied', () => camera.classList.remove('open'));
camera.addEventListener('playing', () => camera.classList.add('open'));
navigator.mediaDevices?.addEventListener('devicechange', list);
settingsChanged();
show();
if (insecure()) {
    showTrouble(insecure());
    hideControls();
}
getToKnow();
list();
setInterval(showFigures, FIGURES);
leaveWithoutLogin(() => document.body.dataset.tone === 'trouble');
