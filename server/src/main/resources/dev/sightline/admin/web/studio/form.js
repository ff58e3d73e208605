import { write } from '../dom.js';
import { fields, parsed, patch, textOf, valueOf } from './fields.js';

/**
 * @typedef {import('./fields.js').Field} Field
 * @typedef {import('./steps.js').Parameters} Parameters
 */

/** @template {keyof HTMLElementTagNameMap} K @param {K} tag @param {Record<string, string>} [attributes] @param {string} [text] */
export function make(tag, attributes = {}, text = '') {
    const made = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
    made.textContent = text;
    return made;
}

/** One parameter: its label, its controls, its sentence, and what the server says against it. */
class Row {
    root = make('div', { class: 'field' });
    #field;
    #problem;
    #shown = '';
    /** What the user gave last. */
    #given = '';
    #control;
    /** @type {HTMLInputElement | undefined} */
    #slider;

    /** @param {Field} field @param {string} id @param {(parameters: Parameters) => void} onTune */
    constructor(field, id, onTune) {
        this.#field = field;
        this.#control = control(field, id);
        this.#problem = make('p', { class: 'problem', id: `${id}-problem`, role: 'alert' });
        const label = make('label', { for: id }, field.label);
        const value = make('span', { class: 'value' });
        value.append(this.#control, ...(field.unit ? [make('span', { class: 'unit' }, field.unit)] : []));
        this.root.append(label, value);
        const tune = (/** @type {string} */ given, /** @type {unknown} */ meant) => {
            this.#given = given;
            onTune(patch(field.path, meant));
        };
        this.#addSlider(tune);
        this.root.append(make('p', { class: 'hint', id: `${id}-hint` }, hint(field)), this.#problem);
        const immediate = field.kind === 'switch' || field.kind === 'choice';
        this.#control.addEventListener(immediate ? 'input' : 'change', () => tune(this.#control.value, this.#value()));
    }

    /** Whether it is in the patch. @param {Parameters} parameters */
    isIn(parameters) {
        return valueOf({ ...this.#field, byDefault: undefined }, parameters) !== undefined || this.#field.path[0] in parameters;
    }

    get path() {
        return this.#field.path;
    }

    /** @param {(given: string, meant: unknown) => void} tune */
    #addSlider(tune) {
        const { kind, min, max, step, label } = this.#field;
        if (kind === 'slider') {
            const slider = make('input', { type: 'range', min: `${min}`, max: `${max}`, step: `${step}`, 'aria-label': `${label}, slider` });
            slider.addEventListener('input', () => tune(slider.value, slider.valueAsNumber));
            this.#slider = slider;
            this.root.append(slider);
        }
    }

    #value() {
        return this.#field.kind === 'switch' ? /** @type {HTMLInputElement} */ (this.#control).checked : parsed(this.#field, this.#control.value);
    }

    /** @param {Parameters} parameters */
    show(parameters) {
        const value = valueOf(this.#field, parameters);
        const text = textOf(this.#field, value);
        if (this.#slider) {
            this.#slider.value = text;
        }
        if (this.#field.kind === 'switch') {
            /** @type {HTMLInputElement} */ (this.#control).checked = value === true;
        } else if (text !== this.#shown || !this.#isEdited()) {
            this.#control.value = text;
        }
        if (text !== this.#shown) {
            this.#shown = text;
            this.say('');
        }
    }

    /** A wrong text stays until it is mended, and one being typed until it is done. */
    #isEdited() {
        return this.#control.ariaInvalid === 'true' || document.activeElement === this.#control;
    }

    /** @param {string} problem empty for none */
    say(problem) {
        const id = this.#control.id;
        if (problem && this.#field.kind !== 'switch') {
            this.#control.value = this.#given; // to be mended
        }
        this.#control.ariaInvalid = problem ? 'true' : null;
        this.#control.setAttribute('aria-describedby', problem ? `${id}-problem ${id}-hint` : `${id}-hint`);
        write(this.#problem, problem && `${problem}. ${this.#shown === '' ? 'It stays as it was' : `It stays at ${this.#shown}`}.`);
    }

    /** @param {boolean} disabled */
    set disabled(disabled) {
        this.#control.disabled = disabled;
        if (this.#slider) {
            this.#slider.disabled = disabled;
        }
    }
}

/** @param {Field} field @param {string} id @returns {HTMLInputElement | HTMLSelectElement} */
function control({ kind, choices, optional, byDefault }, id) {
    const common = { id, 'aria-describedby': `${id}-hint` };
    if (kind === 'choice') {
        const select = make('select', common);
        select.append(...(byDefault === undefined ? ['', ...choices] : choices).map((choice) => new Option(choice)));
        return select;
    }
    if (kind === 'switch') {
        return make('input', { ...common, type: 'checkbox', role: 'switch' });
    }
    const numeric = kind === 'slider' || kind === 'number';
    return make('input', {
        ...common, autocomplete: 'off', spellcheck: 'false', placeholder: optional ? 'left out' : '',
        class: numeric ? 'number' : 'text', ...(numeric ? { inputmode: 'decimal' } : {}),
    });
}

/** Its sentence, range and default. @param {Field} field */
function hint({ description, kind, byDefault, min, max }) {
    const range = Number.isFinite(min) && Number.isFinite(max) ? [`from ${min} to ${max}`] : [];
    const preset = byDefault === undefined || byDefault === '' ? [] : [`by default ${kind === 'switch' ? (byDefault ? 'on' : 'off') : textOf({ kind }, byDefault)}`];
    const more = [...range, ...preset].join(', ');
    return more ? `${description} ${more.charAt(0).toUpperCase()}${more.slice(1)}.`.trim() : description;
}

/** The parameters of a step as a form. */
export class Form {
    #rows;

    /**
     * @param {HTMLElement} root empty
     * @param {string} id the fields' begin with it
     * @param {import('./fields.js').Schema} schema
     * @param {(parameters: Parameters) => void} onTune
     */
    constructor(root, id, schema, onTune) {
        this.#rows = fields(schema).map((field) => new Row(field, `${id}-${field.path.join('-')}`, onTune));
        root.append(...this.#rows.map((row) => row.root));
    }

    /** @param {Parameters} parameters those that are set @param {boolean} disabled */
    show(parameters, disabled) {
        this.#rows.forEach((row) => {
            row.show(parameters);
            row.disabled = disabled;
        });
    }

    /**
     * Says beside its field what is wrong with it.
     *
     * @param {Parameters} parameters those that were sent
     * @param {string} problem empty if they are right
     * @returns {boolean} whether there is a field for it
     */
    say(parameters, problem) {
        const sent = this.#rows.filter((row) => row.isIn(parameters));
        const named = sent.filter((row) => problem.includes(row.path[row.path.length - 1]));
        const guilty = named[0] ?? sent[0];
        sent.forEach((row) => row.say(row === guilty ? problem : ''));
        return guilty !== undefined;
    }
}
