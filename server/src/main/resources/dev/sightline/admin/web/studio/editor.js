import { History } from './history.js';
import { Outbox } from './outbox.js';
import { added, adopted, alike, moved, placed, read, removed, reversed, switched, tuned, written } from './steps.js';

/**
 * @typedef {import('./steps.js').Step} Step
 * @typedef {import('./steps.js').Parameters} Parameters
 *
 * @typedef {object} Answer
 * @property {boolean} ok
 * @property {string} problem why not, in the server's words
 * @property {import('./steps.js').Written[] | undefined} process the steps that are in force now, where it was ok
 *
 * @typedef {object} Server how the steps get there
 * @property {(index: number, parameters: Parameters) => Promise<Answer>} tune
 * @property {(process: import('./steps.js').Written[], keep: boolean) => Promise<Answer>} replace
 *
 * @typedef {object} Listener
 * @property {() => void} onChange the steps, or what can be undone, are others now
 * @property {() => void} onEdit before an edit that is one of its own
 * @property {(id: number, parameters: Parameters, problem: string) => void} onTuned what the server says of some parameters; an
 *     empty problem if it takes them
 * @property {(problem: string, kept: boolean) => void} onReplaced what it says of all steps
 *
 * @typedef {object} Time
 * @property {() => number} now milliseconds of a clock that never jumps
 * @property {(task: () => void, milliseconds: number) => void} after
 */

/**
 * The steps of one stream while somebody edits them. An edit is shown at once and told to the server; what the server refuses
 * is taken back.
 */
export class Editor {
    /** As shown. @type {Step[]} */
    steps = [];

    /** As they are in force. @type {Step[]} */
    #inForce = [];

    #ids = 0;
    #nextId = () => ++this.#ids;
    #server;
    #listener;
    #history;
    #outbox;

    /** @param {Server} server @param {Listener} listener @param {Time} time */
    constructor(server, listener, { now, after }) {
        this.#server = server;
        this.#listener = listener;
        this.#history = new History(now);
        this.#outbox = new Outbox((message) => ('id' in message ? this.#tune(message) : this.#replace(message.keep)), now, after);
    }

    /** Whether the server has been told everything, and has answered. */
    get idle() {
        return this.#outbox.idle;
    }

    /** What an undo takes back, in words; empty if there is nothing. */
    get undoable() {
        return this.#history.label;
    }

    /**
     * Takes the steps that are in force, unless there is still something to tell.
     *
     * @param {import('./steps.js').Written[] | undefined} process
     * @returns {boolean} whether somebody else has changed them
     */
    load(process) {
        const fresh = read(process, this.#nextId);
        if (!this.idle || alike(fresh, this.#inForce)) {
            return false;
        }
        this.steps = adopted(this.steps, fresh);
        this.#inForce = this.steps;
        this.#history.clear();
        this.#listener.onChange();
        return true;
    }

    /** Adds a step at the end. @param {string} name its processor's @returns {number} its id */
    add(name) {
        const id = this.#nextId();
        this.#edit(added(this.steps, id, name), `add ${name}`);
        return id;
    }

    /** @param {number} id */
    remove(id) {
        this.#edit(removed(this.steps, id), `remove ${this.#name(id)}`);
    }

    /** @param {number} id @param {number} by so many places further down */
    move(id, by) {
        this.#edit(moved(this.steps, id, by), `move ${this.#name(id)}`);
    }

    /** @param {number} id @param {number} place from 0 */
    place(id, place) {
        this.#edit(placed(this.steps, id, place), `move ${this.#name(id)}`);
    }

    /** @param {number} id @param {boolean} on */
    switch(id, on) {
        this.#edit(switched(this.steps, id, on), `switch ${this.#name(id)} ${on ? 'on' : 'off'}`);
    }

    /** @param {number} id @param {Parameters} parameters null for what shall be as by default */
    tune(id, parameters) {
        const label = `${this.#name(id)}: ${Object.keys(parameters).join(', ')}`;
        this.#note(label, `${id} ${Object.keys(parameters)}`);
        this.steps = tuned(this.steps, id, parameters);
        this.#outbox.offer({ id, parameters });
        this.#listener.onChange();
    }

    /** Takes the last edit back. @returns {string} what it was, in words; empty if there was none */
    undo() {
        const label = this.#history.label;
        const before = this.#history.undo();
        if (before) {
            this.#listener.onEdit();
            this.#show(before);
        }
        return label;
    }

    /** Has the steps written into the configuration file. */
    keep() {
        this.#outbox.offer({ keep: true });
    }

    /** @param {number} id */
    #name(id) {
        return this.steps.find((step) => step.id === id)?.name ?? '';
    }

    /** @param {string} label @param {string} [knob] */
    #note(label, knob) {
        if (this.#history.note(this.steps, label, knob)) {
            this.#listener.onEdit();
        }
    }

    /** @param {Step[]} steps @param {string} label */
    #edit(steps, label) {
        this.#note(label);
        this.#show(steps);
    }

    /** @param {Step[]} steps */
    #show(steps) {
        this.steps = steps;
        this.#history.trim(steps);
        if (!this.idle || !alike(steps, this.#inForce)) {
            this.#outbox.offer({ keep: false });
        }
        this.#listener.onChange();
    }

    /** @param {import('./outbox.js').Tune} message */
    async #tune({ id, parameters }) {
        const answer = await this.#server.tune(this.#inForce.findIndex((step) => step.id === id), parameters);
        if (answer.ok) {
            this.#accept(tuned(this.#inForce, id, parameters), answer.process);
        } else {
            this.#takeBack(id, parameters);
        }
        this.#settle();
        this.#listener.onTuned(id, parameters, answer.problem);
    }

    /** What was set since stays as it is. @param {number} id @param {Parameters} parameters */
    #takeBack(id, parameters) {
        const waiting = this.#outbox.waiting;
        const since = waiting && 'id' in waiting && waiting.id === id ? waiting.parameters : {};
        const refused = Object.fromEntries(Object.entries(parameters).filter(([key]) => !(key in since)));
        const before = this.#inForce.find((step) => step.id === id)?.parameters;
        this.steps = tuned(this.steps, id, reversed(refused, before));
    }

    /** @param {boolean} keep */
    async #replace(keep) {
        const sent = this.steps;
        const answer = await this.#server.replace(written(sent), keep);
        if (answer.ok) {
            this.#accept(sent, answer.process);
        } else {
            this.#outbox.clear();
            this.#history.rewind(this.#inForce);
            this.steps = this.#inForce;
        }
        this.#settle();
        this.#listener.onReplaced(answer.problem, keep && answer.ok);
    }

    /**
     * The server may write a value in another way than it was sent.
     *
     * @param {Step[]} sent
     * @param {Answer['process']} process
     */
    #accept(sent, process) {
        if (process === undefined) {
            this.#inForce = sent;
            return;
        }
        const fresh = read(process, this.#nextId);
        this.#inForce = adopted(sent, fresh);
        if (this.#outbox.waiting === undefined && alike(this.steps, sent)) {
            this.steps = adopted(this.steps, fresh);
        }
    }

    #settle() {
        this.#history.trim(this.steps);
        this.#listener.onChange();
    }
}
