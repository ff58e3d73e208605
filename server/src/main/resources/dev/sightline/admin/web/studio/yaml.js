import { written } from './steps.js';

/** Text that YAML takes as text, and as one value within braces, without quotes. */
const PLAIN = /^[A-Za-z_./][\w./ +-]*$/;
const MEANING = /^(true|false|yes|no|on|off|null|~)$/i;

/**
 * The steps as they stand in a configuration file.
 *
 * @param {import('./steps.js').Step[]} steps
 */
export function yaml(steps) {
    const lines = written(steps).map((step) => `  - ${typeof step === 'string' ? scalar(step) : inner(step)}`);
    return [steps.length > 0 ? 'process:' : 'process: []', ...lines, ''].join('\n');
}

/** @param {unknown} value @returns {string} */
function flow(value) {
    if (Array.isArray(value)) {
        return `[${value.map(flow).join(', ')}]`;
    }
    return typeof value === 'object' && value !== null ? `{${inner(value)}}` : scalar(value);
}

/** @param {object} mapping */
function inner(mapping) {
    return Object.entries(mapping).map(([key, value]) => `${scalar(key)}: ${flow(value)}`).join(', ');
}

/** What needs quotes gets JSON's, which are YAML's too. @param {unknown} value */
function scalar(value) {
    const plain = typeof value !== 'string' || (PLAIN.test(value) && !MEANING.test(value) && value.trim() === value);
    return plain ? String(value) : JSON.stringify(value);
}
