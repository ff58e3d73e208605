/**
 * A step of the pipeline as the studio knows it. Lists of steps are never changed; each edit makes a new one.
 *
 * @typedef {Record<string, unknown>} Parameters
 *
 * @typedef {object} Step
 * @property {number} id of this page's own: it stays with the step wherever that goes
 * @property {string} name its processor's
 * @property {boolean} on a step that is off does not run, and keeps its place and values
 * @property {Parameters} parameters those that are set; the others are as by default
 *
 * @typedef {string | Record<string, Parameters>} Written a step as in a configuration, where `enabled` stands among the parameters
 */

/** @param {unknown} value @returns {value is Parameters} */
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The steps of a stream's settings.
 *
 * @param {Written[] | undefined} process
 * @param {() => number} nextId
 * @returns {Step[]}
 */
export function read(process, nextId) {
    return (process ?? []).map((written) => {
        const [name, keys] = isObject(written) ? Object.entries(written)[0] : [written, {}];
        const { enabled, ...parameters } = keys ?? {};
        return { id: nextId(), name, on: enabled !== false, parameters };
    });
}

/** The steps as settings of a stream. @param {Step[]} steps @returns {Written[]} */
export function written(steps) {
    return steps.map(({ name, on, parameters }) => {
        const keys = on ? parameters : { ...parameters, enabled: false };
        return Object.keys(keys).length > 0 ? { [name]: keys } : name;
    });
}

/** Whether the server does the same for both. @param {Step[]} some @param {Step[]} others */
export function alike(some, others) {
    return JSON.stringify(sorted(written(some))) === JSON.stringify(sorted(written(others)));
}

/** Whether the studio shows the same for both. @param {Step[]} some @param {Step[]} others */
export function same(some, others) {
    return JSON.stringify(sorted(some)) === JSON.stringify(sorted(others));
}

/** The value with the keys of its objects in one order. @param {unknown} value @returns {unknown} */
function sorted(value) {
    if (Array.isArray(value)) {
        return value.map(sorted);
    }
    return isObject(value) ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])])) : value;
}

/** @param {Step[]} steps @param {number} id @param {string} name */
export function added(steps, id, name) {
    return [...steps, { id, name, on: true, parameters: {} }];
}

/** @param {Step[]} steps @param {number} id */
export function removed(steps, id) {
    return steps.filter((step) => step.id !== id);
}

/** The list with the step at another place, or the nearest there is. @param {Step[]} steps @param {number} id @param {number} place from 0 */
export function placed(steps, id, place) {
    const others = removed(steps, id);
    const at = Math.min(Math.max(place, 0), others.length);
    return [...others.slice(0, at), ...steps.filter((step) => step.id === id), ...others.slice(at)];
}

/** The list with the step so many places further down. @param {Step[]} steps @param {number} id @param {number} by */
export function moved(steps, id, by) {
    return placed(steps, id, steps.findIndex((step) => step.id === id) + by);
}

/** @param {Step[]} steps @param {number} id @param {boolean} on */
export function switched(steps, id, on) {
    return steps.map((step) => (step.id === id ? { ...step, on } : step));
}

/**
 * The list with some parameters of a step changed.
 *
 * @param {Step[]} steps
 * @param {number} id
 * @param {Parameters} patch a JSON Merge Patch (RFC 7396): null for what shall be as by default
 */
export function tuned(steps, id, patch) {
    return steps.map((step) => (step.id === id ? { ...step, parameters: merged(step.parameters, patch) } : step));
}

/** @param {unknown} target @param {Parameters} patch @returns {Parameters} */
function merged(target, patch) {
    const result = isObject(target) ? { ...target } : {};
    for (const [key, value] of Object.entries(patch)) {
        if (value === null) {
            delete result[key];
        } else {
            result[key] = isObject(value) ? merged(result[key], value) : value;
        }
    }
    return result;
}

/** Both patches as one, the later last. @param {Parameters} earlier @param {Parameters} later @returns {Parameters} */
export function joined(earlier, later) {
    const both = { ...earlier };
    for (const [key, value] of Object.entries(later)) {
        const before = both[key];
        both[key] = isObject(value) && isObject(before) ? joined(before, value) : value;
    }
    return both;
}

/** What sets the keys of a patch to the given values again. @param {Parameters} patch @param {unknown} before @returns {Parameters} */
export function reversed(patch, before) {
    const known = isObject(before) ? before : {};
    return Object.fromEntries(Object.entries(patch).map(([key, value]) => [
        key,
        isObject(value) && isObject(known[key]) ? reversed(value, known[key]) : known[key] ?? null,
    ]));
}

/**
 * The studio's steps after somebody else changed the stream's: those of the same processors stay who they are.
 *
 * @param {Step[]} steps
 * @param {Step[]} fresh the server's
 */
export function adopted(steps, fresh) {
    const known = [...steps];
    return fresh.map((step) => {
        const at = known.findIndex(({ name }) => name === step.name);
        return at < 0 ? step : { ...step, id: known.splice(at, 1)[0].id };
    });
}
