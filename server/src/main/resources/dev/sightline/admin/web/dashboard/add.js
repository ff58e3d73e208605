import { streams } from '../api.js';
import { PATIENCE_FOR_PROBES, config, request } from '../control.js';
import { element, field, write } from '../dom.js';
import { foundText, KINDS, nameProblem, suggestedName } from './kinds.js';

/** "Add a stream": a dialog that asks for its kind and address, tries it, and has the server open it. */

const dialog = /** @type {HTMLDialogElement} */ (element('add-dialog'));
const kinds = /** @type {HTMLSelectElement} */ (element('add-kind'));
const picture = /** @type {HTMLImageElement} */ (element('add-picture'));

/** The names that streams have. @type {string[]} */
let taken = [];
/** Why nothing can be added. */
let readOnly = '';
/** The user has named it. */
let named = false;
/** How many probes were begun: the answer to an old one is not shown. */
let probes = 0;

const kind = () => KINDS[kinds.selectedIndex];
const address = () => (kind().addressed ? field('add-address').value.trim() : kind().example);

async function open() {
    const [known, now] = await Promise.all([streams(), config()]);
    taken = (known ?? []).map(({ name }) => name);
    readOnly = now ? now.readOnly ?? '' : 'the server does not answer';
    field('add-keep').disabled = !now?.file;
    field('add-keep').checked = Boolean(now?.file);
    write(element('add-keep-hint'), now?.file ? `Otherwise it is gone after the next start.` : 'There is no configuration file, so it is gone after the next start.');
    named = false;
    choose();
    dialog.showModal();
}

function choose() {
    const { example, addressed, hint } = kind();
    element('add-address-row').hidden = !addressed;
    element('add-probe-row').hidden = !addressed;
    field('add-address').value = '';
    field('add-address').placeholder = example;
    write(element('add-hint'), addressed ? `For example ${example}. ${hint}` : hint);
    forget();
    suggest();
}

/** What was found is not of this address any more. */
function forget() {
    probes++;
    picture.hidden = true;
    tell('add-found', '');
    tell('add-why', '');
    say(readOnly ? `Nothing can be added: ${readOnly}.` : '');
}

function suggest() {
    if (!named) {
        field('add-name').value = suggestedName(kind().id, address() || kind().example, taken);
    }
    check();
}

function check() {
    const problem = nameProblem(field('add-name').value, taken);
    field('add-name').ariaInvalid = problem ? 'true' : null;
    tell('add-name-problem', problem);
    field('add-do').disabled = readOnly !== '' || problem !== '' || address() === '';
    field('add-probe').disabled = readOnly !== '' || address() === '';
}

/** @param {string} id @param {string} text */
function tell(id, text) {
    write(element(id), text);
}

/** @param {string} problem */
function say(problem) {
    tell('add-problem', problem);
}

async function probe() {
    forget();
    const mine = probes;
    tell('add-found', 'Trying it, up to 10 seconds…');
    const { ok, problem, answer } = await request('POST', 'api/probe', { source: address() }, PATIENCE_FOR_PROBES);
    if (mine !== probes) {
        return;
    }
    tell('add-found', ok ? foundText(answer) : 'No picture comes.');
    tell('add-why', ok ? '' : sentence(problem));
    if (ok) {
        show(answer.picture);
    }
}

/** @param {string} jpeg in Base64 */
function show(jpeg) {
    URL.revokeObjectURL(picture.src);
    picture.src = URL.createObjectURL(new Blob([Uint8Array.from(atob(jpeg), (byte) => byte.charCodeAt(0))], { type: 'image/jpeg' }));
    picture.hidden = false;
}

/** @param {string} problem */
function sentence(problem) {
    return `${problem.charAt(0).toUpperCase()}${problem.slice(1)}.`;
}

async function add() {
    field('add-do').disabled = true;
    const keep = field('add-keep').checked;
    const { ok, problem } = await request('POST', `api/streams${keep ? '?keep=true' : ''}`, { name: field('add-name').value, source: address() });
    check();
    if (!ok) {
        say(`Not added: ${problem}.`);
        return;
    }
    dialog.close();
    dispatchEvent(new Event('sightline-streams'));
}

kinds.append(...KINDS.map(({ id, label }) => new Option(label, id)));
element('add').addEventListener('click', open);
element('add-first').addEventListener('click', open);
kinds.addEventListener('input', choose);
field('add-address').addEventListener('input', () => {
    forget();
    suggest();
});
field('add-name').addEventListener('input', () => {
    named = true;
    check();
});
element('add-probe').addEventListener('click', probe);
element('add-form').addEventListener('submit', (event) => {
    event.preventDefault();
    add();
});
element('add-cancel').addEventListener('click', () => dialog.close());
dialog.addEventListener('close', forget);
