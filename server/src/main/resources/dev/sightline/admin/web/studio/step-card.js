import { write } from '../dom.js';
import { Form, make } from './form.js';
import { regions } from './region.js';
import { draw, spark } from './spark.js';
import { time } from './words.js';

/**
 * @typedef {import('./steps.js').Step} Step
 * @typedef {import('./steps.js').Parameters} Parameters
 * @typedef {import('./region.js').Region} Region
 *
 * @typedef {object} Actions what the card's controls do
 * @property {(id: number, parameters: Parameters) => void} onTune
 * @property {(id: number, on: boolean) => void} onSwitch
 * @property {(id: number, by: number) => void} onMove
 * @property {(id: number) => void} onRemove
 * @property {(id: number, region: Region) => void} onDraw
 *
 * @typedef {import('../player/words.js').Step} Trouble
 */

/** A chart's scale ends no lower, in milliseconds. */
const LEAST_MILLIS = 1;

/** One step of the list: whether it is on, its time, and behind its name its form and what else can be done with it. */
export class StepCard {
    root;
    #part;
    #name;
    #form;
    #spark;
    /** @type {HTMLButtonElement[]} */
    #pens = [];

    /**
     * @param {HTMLTemplateElement} template
     * @param {Step} step
     * @param {import('../control.js').Processor} processor
     * @param {Actions} actions
     */
    constructor(template, step, processor, actions) {
        const copy = document.importNode(template.content, true);
        this.root = /** @type {HTMLLIElement} */ (copy.firstElementChild);
        this.#name = step.name;
        const part = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (this.root.querySelector(selector));
        this.#part = part;
        this.root.dataset.id = `${step.id}`;
        part('.name').textContent = step.name;
        part('.body').id = `step-${step.id}`;
        part('.name').setAttribute('aria-controls', `step-${step.id}`);
        part('.sentence').textContent = processor.description;
        this.#spark = part('.time').appendChild(spark(`time of ${step.name}`));
        this.#form = new Form(part('.fields'), `step-${step.id}`, processor.parameters, (parameters) => actions.onTune(step.id, parameters));
        this.#addPens(step.id, processor, actions);
        this.#nameControls();
        this.#listen(step.id, actions);
    }

    /** The controls are named with the step, for those who hear only them. */
    #nameControls() {
        const names = { '.grip': 'Move', '.up': 'Move up', '.down': 'Move down', '.remove': 'Remove', '.switch input': 'Run' };
        Object.entries(names).forEach(([selector, verb]) => (this.#part(selector).ariaLabel = `${verb} ${this.#name}`));
    }

    /** @param {number} id @param {import('../control.js').Processor} processor @param {Actions} actions */
    #addPens(id, processor, actions) {
        for (const region of regions(processor.parameters)) {
            const button = make('button', { type: 'button', class: 'quiet', 'aria-pressed': 'false' }, 'Draw on the picture');
            button.ariaLabel = `Draw the ${[...region.path, 'region'].join(' ')} of ${processor.name} on the picture`;
            button.addEventListener('click', () => actions.onDraw(id, region));
            const whole = make('button', { type: 'button', class: 'quiet' }, 'Whole frame');
            whole.addEventListener('click', () => {
                /** @type {Parameters} */
                const nothing = Object.fromEntries(region.keys.map((key) => [key, null]));
                actions.onTune(id, region.path.reduceRight((inner, key) => ({ [key]: inner }), nothing));
            });
            this.#pens.push(button, whole);
            this.#part('.pens').append(button, whole);
        }
    }

    /** @param {number} id @param {Actions} actions */
    #listen(id, actions) {
        this.#part('.name').addEventListener('click', () => this.open(!this.isOpen));
        this.#part('.switch input').addEventListener('input', ({ target }) => actions.onSwitch(id, /** @type {HTMLInputElement} */ (target).checked));
        this.#part('.up').addEventListener('click', () => actions.onMove(id, -1));
        this.#part('.down').addEventListener('click', () => actions.onMove(id, 1));
        this.#part('.remove').addEventListener('click', () => actions.onRemove(id));
        this.root.addEventListener('keydown', (event) => {
            const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
            if (by && event.altKey) {
                event.preventDefault();
                actions.onMove(id, by);
            }
        });
    }

    get isOpen() {
        return !this.#part('.body').hidden;
    }

    /** @param {boolean} open whether the form is to be seen */
    open(open) {
        this.#part('.body').hidden = !open;
        this.#part('.name').setAttribute('aria-expanded', String(open));
    }

    /** Puts the keyboard's focus on it. */
    focus() {
        this.#part('.name').focus();
    }

    /**
     * @param {Step} step
     * @param {number} place from 0
     * @param {number} count
     * @param {boolean} readOnly
     */
    show(step, place, count, readOnly) {
        this.root.classList.toggle('off', !step.on);
        const box = /** @type {HTMLInputElement} */ (this.#part('.switch input'));
        box.checked = step.on;
        write(this.#part('.switch .word'), step.on ? 'on' : 'off');
        this.#form.show(step.parameters, readOnly);
        const controls = /** @type {NodeListOf<HTMLButtonElement>} */ (this.root.querySelectorAll('.grip, .remove, .switch input, .pens button'));
        controls.forEach((control) => (control.disabled = readOnly));
        /** @type {HTMLButtonElement} */ (this.#part('.up')).disabled = readOnly || place === 0;
        /** @type {HTMLButtonElement} */ (this.#part('.down')).disabled = readOnly || place === count - 1;
    }

    /** Whether the pen draws its region now. @param {boolean} drawing */
    showPen(drawing) {
        this.#pens.forEach((button, i) => i % 2 === 0 && button.setAttribute('aria-pressed', String(drawing)));
    }

    /**
     * @param {Trouble | undefined} running what the server says of the step; nothing while it is off
     * @param {import('./last-minute.js').LastMinute} minute its time per frame
     */
    showTime(running, minute) {
        const state = running?.state ?? 'OK';
        write(this.#part('.trouble'), state === 'OK' ? '' : `${state.toLowerCase()}${running?.reason ? `: ${running.reason}` : ''}`);
        write(this.#part('.millis'), time(running ? minute.newest : NaN));
        draw(this.#spark, minute.values, LEAST_MILLIS, running ? `${this.#name} takes ${time(minute.newest)} a frame` : `${this.#name} does not run`);
    }

    /** @param {Parameters} parameters those that were sent @param {string} problem empty if they are right @returns {boolean} whether it is said */
    say(parameters, problem) {
        if (problem) {
            this.open(true);
        }
        return this.#form.say(parameters, problem);
    }
}
