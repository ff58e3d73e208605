/**
 * The fields of a form, made from the JSON Schema of a processor's parameters.
 *
 * @typedef {object} Schema as far as the server uses it
 * @property {string} [type]
 * @property {string} [description]
 * @property {string} [unit]
 * @property {unknown} [default]
 * @property {number} [minimum]
 * @property {number} [maximum]
 * @property {string[]} [enum]
 * @property {Record<string, Schema>} [properties]
 * @property {string[]} [required]
 * @property {string | {region?: string[]}} [x-sightline]
 *
 * @typedef {object} Field
 * @property {string[]} path its key, after those of the objects that it lies in
 * @property {'switch' | 'choice' | 'slider' | 'number' | 'text' | 'json'} kind
 * @property {string} label
 * @property {string} description
 * @property {string} unit
 * @property {string[]} choices
 * @property {number} min
 * @property {number} max
 * @property {number} step
 * @property {unknown} byDefault undefined where there is none
 * @property {boolean} optional whether it may be left out although there is no default
 */

/** A slider has at least so many places. */
const PLACES = 200;

/**
 * One field for each parameter, in the schema's order; those of objects within it each for itself.
 *
 * @param {Schema} schema
 * @param {string[]} [within]
 * @returns {Field[]}
 */
export function fields(schema, within = []) {
    return Object.entries(schema.properties ?? {}).flatMap(([key, property]) => {
        const path = [...within, key];
        return property.properties ? fields(property, path) : [field(path, property, schema.required ?? [])];
    });
}

/** @param {string[]} path @param {Schema} schema @param {string[]} required @returns {Field} */
function field(path, schema, required) {
    const { minimum: min = -Infinity, maximum: max = Infinity } = schema;
    return {
        path,
        kind: kind(schema),
        label: path.join(' ').replaceAll('-', ' '),
        description: schema.description ?? '',
        unit: schema.unit ?? '',
        choices: schema.enum ?? [],
        min,
        max,
        step: schema.type === 'integer' ? 1 : spacing(max - min),
        byDefault: schema.default,
        optional: schema.default === undefined && !required.includes(path[path.length - 1]),
    };
}

/** @param {Schema} schema @returns {Field['kind']} */
function kind({ type, enum: choices, minimum, maximum, default: byDefault }) {
    switch (type) {
        case 'boolean':
            return 'switch';
        case 'number':
        case 'integer':
            return minimum !== undefined && maximum !== undefined && byDefault !== undefined ? 'slider' : 'number';
        case 'string':
            return choices ? 'choice' : 'text';
        default:
            return 'json';
    }
}

/** The power of ten that divides a range into places enough. @param {number} range */
function spacing(range) {
    return Number.isFinite(range) && range > 0 ? Number((10 ** Math.floor(Math.log10(range / PLACES))).toPrecision(1)) : 0.001;
}

/**
 * The value that a field shows.
 *
 * @param {Field} field
 * @param {import('./steps.js').Parameters} parameters those that are set
 */
export function valueOf({ path, byDefault }, parameters) {
    /** @type {any} */
    let value = parameters;
    for (const key of path) {
        value = value?.[key];
    }
    return value ?? byDefault;
}

/** A value as text to be edited. @param {Pick<Field, 'kind'>} field @param {unknown} value */
export function textOf({ kind }, value) {
    if (value === undefined) {
        return '';
    }
    return kind === 'json' ? JSON.stringify(value) : String(value);
}

/**
 * What a text means; what means nothing goes to the server as it is, which says what is wrong with it.
 *
 * @param {Field} field
 * @param {string} text
 * @returns {unknown} null for none
 */
export function parsed({ kind }, text) {
    const trimmed = text.trim();
    if (trimmed === '') {
        return null;
    }
    if (kind === 'slider' || kind === 'number') {
        const number = Number(trimmed.replace(',', '.'));
        return Number.isFinite(number) ? number : trimmed;
    }
    return kind === 'json' ? json(trimmed) : text;
}

/** @param {string} text @returns {unknown} */
function json(text) {
    try {
        return JSON.parse(text);
    } catch {
        return text;
    }
}

/** A patch that sets one parameter. @param {string[]} path @param {unknown} value @returns {import('./steps.js').Parameters} */
export function patch(path, value) {
    return { [path[0]]: path.length > 1 ? patch(path.slice(1), value) : value };
}

/**
 * The server's sentence without the place, which the page shows otherwise: `process/0/motion/bottom: 'bottom' is …`.
 *
 * @param {string} problem
 */
export function sentence(problem) {
    return problem.replace(/^\S*process\/\d+\/\S*: |^[\w/-]+: (?=')/, '');
}
