import * as api from './api.js';
import { config as readConfig, ofStream, processors as readProcessors, request } from './control.js';
import { copyText } from './copy.js';
import { element, field, write } from './dom.js';
import { changes, follow } from './follow.js';
import { offer } from './studio/chooser.js';
import { Compare } from './studio/compare.js';
import { Editor } from './studio/editor.js';
import { sentence } from './studio/fields.js';
import { Figures } from './studio/figures.js';
import { Pen } from './studio/pen.js';
import { parameters as ofRectangle, rectangle } from './studio/region.js';
import { Reorder } from './studio/reorder.js';
import { StepCard } from './studio/step-card.js';
import { fileName, placed, standing } from './studio/words.js';
import { yaml } from './studio/yaml.js';
import './sightline-player.js';

/** How often the server is asked how it goes, in milliseconds; of changes it tells by itself. */
const PERIOD = 2_000;

/** A notice stays for so many milliseconds. */
const NOTICE = 6_000;

const name = decodeURIComponent(location.pathname.split('/studio/').pop()?.split('/')[0] ?? '');
const player = /** @type {import('./sightline-player.js').SightlinePlayer} */ (element('player'));
const list = element('steps');
const template = /** @type {HTMLTemplateElement} */ (element('step'));
const chooser = /** @type {HTMLDialogElement} */ (element('chooser'));

/** @type {Map<string, import('./control.js').Processor>} */
const processors = new Map();
/** @type {Map<number, StepCard>} */
const cards = new Map();
/** @type {import('./control.js').Config | undefined} */
let config;
/** Why nothing can be changed. */
let readOnly = 'the server has not answered yet';
/** How many changes were told to the server; what it said before the last of them is old. */
let told = 0;
/** Whether the configuration as a whole may be another one. */
let ripe = true;

const editor = new Editor(
    { tune: (index, parameters) => change(ofStream(name, `/process/${index}`), parameters), replace: (process, keep) => change(ofStream(name, keep ? '?keep=true' : ''), { process }) },
    { onChange: show, onEdit: () => compare.take(), onTuned, onReplaced },
    { now: () => performance.now(), after: (task, milliseconds) => setTimeout(task, milliseconds) },
);
const figures = new Figures(element('rate'), element('dropped'));
const compare = new Compare(player, name, {
    screen: element('screen'),
    canvas: /** @type {HTMLCanvasElement} */ (element('before')),
    choice: /** @type {HTMLSelectElement} */ (element('against')),
    slider: field('reveal'),
    label: element('other'),
}, (reason) => notice(`There is nothing to compare with: ${reason}.`));
const pen = new Pen(element('pen'), player, () => editor.steps, say);

/* What the server is told, and says */

/** @param {string} path @param {unknown} body @returns {Promise<import('./studio/editor.js').Answer>} */
async function change(path, body) {
    told++;
    const { ok, problem, answer } = await request('PATCH', path, body);
    told++;
    return { ok, problem: sentence(problem), process: ok ? answer?.process ?? [] : undefined };
}

/** @param {number} id @param {import('./studio/steps.js').Parameters} parameters @param {string} problem */
function onTuned(id, parameters, problem) {
    const said = cards.get(id)?.say(parameters, problem);
    if (problem && !said) {
        notice(problem);
    }
    askSoon();
}

/** @param {string} problem @param {boolean} kept */
function onReplaced(problem, kept) {
    if (problem) {
        notice(`Not changed: ${problem}.`);
    } else if (kept) {
        notice(`Kept in ${fileName(config?.file ?? 'the configuration')}.`);
    }
    askSoon();
}

/** A change was answered: what it did to the rest is asked for once there is no other. */
function askSoon() {
    ripe = true;
    askAgain(editor.idle ? 0 : PERIOD);
}

/** Learns which processors there are: the forms are made from what is said of them. */
async function learn() {
    const known = await readProcessors();
    known.forEach((processor) => processors.set(processor.name, processor));
    offer(chooser, known, add);
}

async function ask() {
    if (processors.size === 0) {
        await learn();
    }
    const before = told;
    const asked = ripe || !changes.live || !config;
    ripe = false;
    const [stream, now] = await Promise.all([request('GET', ofStream(name)), asked ? readConfig() : config]);
    config = now ?? config;
    ripe ||= !now;
    readOnly = reasonToOnlyLook(stream, now);
    if (stream.ok && before === told) {
        take(stream.answer);
    }
    show();
    return PERIOD;
}

/** @param {import('./control.js').Changed} stream @param {import('./control.js').Config | undefined} now */
function reasonToOnlyLook(stream, now) {
    if (!stream.ok || !now) {
        return stream.problem || 'the server does not answer';
    }
    return now.readOnly ?? (stream.answer.settings ? '' : 'this stream is not one of the configuration');
}

/** @param {any} stream what the server says of it */
function take(stream) {
    const first = cards.size === 0 && editor.steps.length === 0;
    if (editor.load(stream.settings?.process) && !first) {
        notice('The pipeline was changed elsewhere; this is how it is now.');
    }
    if (stream.source === 'mirror:' && player.hasAttribute('stream')) {
        player.removeAttribute('stream');
        notice('Everybody who sends to this stream gets their own picture, so there is none to show here.');
    }
    figures.take(performance.now(), stream, editor.steps);
}

/* What is seen */

function show() {
    const { steps } = editor;
    arrange();
    steps.forEach((step, place) => {
        const card = cards.get(step.id);
        card?.show(step, place, steps.length, readOnly !== '');
        card?.showTime(figures.stepOf(step.id), figures.minuteOf(step.id));
        card?.showPen(pen.step === step.id);
    });
    element('none').hidden = steps.length > 0;
    pen.show();
    showTools();
}

function showTools() {
    const unkept = config?.unkept.includes(name) ?? false;
    write(element('standing'), standing({ unkept, file: config?.file ?? '', readOnly }));
    element('standing').classList.toggle('unkept', unkept);
    const label = editor.undoable;
    field('undo').disabled = !label || readOnly !== '';
    element('undo').title = label ? `Undo: ${label} (Ctrl+Z)` : 'Nothing to undo';
    element('undo').ariaLabel = label ? `Undo: ${label}` : 'Undo';
    field('keep').disabled = readOnly !== '' || !unkept || !config?.file;
    field('add').disabled = readOnly !== '';
    compare.allow(readOnly === '' && player.hasAttribute('stream'));
}

/** Brings the cards into the steps' order; the one with the keyboard's focus keeps it. */
function arrange() {
    const { steps } = editor;
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    [...cards].filter(([id]) => !steps.some((step) => step.id === id)).forEach(([id, card]) => {
        card.root.remove();
        cards.delete(id);
        if (pen.step === id) {
            pen.rest();
        }
    });
    steps.forEach((step, place) => {
        const card = cards.get(step.id) ?? made(step);
        if (list.children[place] !== card.root) {
            list.insertBefore(card.root, list.children[place] ?? null);
        }
    });
    if (focused && focused !== document.activeElement && list.contains(focused)) {
        focused.focus();
    }
}

/** @param {import('./studio/steps.js').Step} step */
function made(step) {
    const unknown = { name: step.name, description: '', parameters: {} };
    const card = new StepCard(template, step, processors.get(step.name) ?? unknown, { onTune, onSwitch, onMove, onRemove, onDraw });
    cards.set(step.id, card);
    return card;
}

function showSituation() {
    const { word, tone } = player.situation;
    document.body.dataset.tone = tone;
    write(element('word'), word);
    const unknown = word === 'unknown';
    element('unknown').hidden = !unknown;
    element('page').hidden = unknown;
    /** @type {HTMLElement} */ (element('unknown').querySelector('h2')).textContent = `There is no stream “${name}”`;
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let noticed;

/** @param {string} text */
function notice(text) {
    clearTimeout(noticed);
    element('notice').textContent = text;
    noticed = setTimeout(() => (element('notice').textContent = ''), NOTICE);
}

/** To those who do not see it. @param {string} text */
function say(text) {
    element('spoken').textContent = text;
}

/* What the user does */

/** @param {number} id @param {import('./studio/steps.js').Parameters} parameters */
function onTune(id, parameters) {
    editor.tune(id, parameters);
}

/** @param {number} id @param {boolean} on */
function onSwitch(id, on) {
    editor.switch(id, on);
    say(on ? 'on' : 'off; it keeps its place and values');
}

/** @param {number} id @param {number} by */
function onMove(id, by) {
    editor.move(id, by);
    sayPlace(id);
}

/** @param {number} id */
function sayPlace(id) {
    const place = editor.steps.findIndex((step) => step.id === id);
    say(placed(editor.steps[place].name, place, editor.steps.length));
}

/** @param {number} id */
function onRemove(id) {
    const place = editor.steps.findIndex((step) => step.id === id);
    say(`${editor.steps[place].name} removed`);
    editor.remove(id);
    const next = editor.steps[Math.min(place, editor.steps.length - 1)];
    (next ? cards.get(next.id) : element('add'))?.focus();
}

/** @param {number} id @param {import('./studio/region.js').Region} region */
function onDraw(id, region) {
    if (pen.step === id) {
        endDrawing();
        return;
    }
    const parameters = () => editor.steps.find((step) => step.id === id)?.parameters ?? {};
    pen.use({ id, rect: () => rectangle(region, parameters()), onDraw: (rect) => editor.tune(id, ofRectangle(region, rect)) });
    element('picture').scrollIntoView({ block: 'nearest' });
    show();
}

function endDrawing() {
    const id = pen.step;
    pen.rest();
    show();
    if (id !== undefined) {
        cards.get(id)?.focus();
    }
}

/** @param {string} processor */
function add(processor) {
    const id = editor.add(processor);
    cards.get(id)?.open(true);
    cards.get(id)?.focus();
    sayPlace(id);
}

function undo() {
    const label = editor.undo();
    if (label) {
        notice(`Undone: ${label}.`);
    }
}

async function copy() {
    const text = yaml(editor.steps);
    const copied = await copyText(text);
    const shown = field('yaml');
    shown.hidden = copied;
    shown.value = text;
    notice(copied ? 'Copied as YAML.' : 'This browser does not let pages copy; the YAML stands below the steps.');
}

/** @param {KeyboardEvent} event */
function key(event) {
    const typing = event.target instanceof HTMLInputElement && /text|^$/.test(event.target.type);
    if (event.key === 'Escape' && pen.step !== undefined) {
        endDrawing();
    } else if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z' && !typing && readOnly === '') {
        event.preventDefault();
        undo();
    }
}

const reorder = new Reorder(list, '.grip', (item, place) => {
    editor.place(Number(item.dataset.id), place);
    sayPlace(Number(item.dataset.id));
});

element('name').textContent = name;
document.title = `${name}: studio — Sightline`;
element('watch').setAttribute('href', api.watchPage(name));
element('undo').addEventListener('click', undo);
element('copy').addEventListener('click', copy);
element('keep').addEventListener('click', () => editor.keep());
element('add').addEventListener('click', () => chooser.showModal());
document.addEventListener('keydown', key);
changes.addEventListener('change', () => (ripe = true));
player.addEventListener('situation', showSituation);
player.addEventListener('picture', () => pen.step !== undefined && !reorder.active && pen.show());
player.setAttribute('stream', name);
showSituation();
const askAgain = follow(ask);
