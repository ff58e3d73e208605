/**
 * The words for where a stream stands, the same on every page.
 *
 * @typedef {'IDLE' | 'STARTING' | 'LIVE' | 'STALE' | 'OFFLINE' | 'ENDED'} State
 *
 * @typedef {object} Situation
 * @property {string} word one word or two, to stand beside a dot
 * @property {'live' | 'waiting' | 'trouble' | 'quiet'} tone which colour the dot has
 * @property {string} text the whole story in one line, empty where the word says it all
 */

/**
 * A step of a pipeline, as far as there is trouble with it.
 *
 * @typedef {object} Step
 * @property {string} name
 * @property {'OK' | 'FAILING' | 'OFF' | 'HANGING'} state
 * @property {string | null} [reason]
 */

/**
 * What is to be said of steps in trouble, a sentence each; nothing of those that are well.
 *
 * @param {Step[]} [steps]
 */
export function troubles(steps = []) {
    return steps
        .filter(({ state = 'OK' }) => state !== 'OK')
        .map(({ name, state, reason }) => `${name} is ${state.toLowerCase()}${reason ? `: ${reason}` : ''}`);
}

/**
 * The same of a live stream in a word or three, to stand in the place of "live"; else nothing.
 *
 * @param {Step[]} [steps]
 */
export function troubleWord(steps = []) {
    const [first, ...others] = steps.filter(({ state = 'OK' }) => state !== 'OK');
    return first ? `${first.name} ${first.state.toLowerCase()}${others.length > 0 ? ` +${others.length}` : ''}` : '';
}

/** @type {Record<State, Situation['tone']>} */
const TONES = {
    IDLE: 'quiet',
    STARTING: 'waiting',
    LIVE: 'live',
    STALE: 'waiting',
    OFFLINE: 'trouble',
    ENDED: 'quiet',
};

/**
 * What is to be said of a stream.
 *
 * @param {State} state
 * @param {Date | number | string | undefined} since when it came into the state, or its last picture was taken
 * @param {string} [reason] why, in the server's words
 * @returns {Situation}
 */
export function situation(state, since, reason) {
    return { word: state.toLowerCase(), tone: TONES[state] ?? 'quiet', text: story(state, since, reason) };
}

/**
 * What is said while the server does not answer.
 *
 * @param {number} since when it was last there
 */
export function away(since) {
    return `the server is away since ${timeOfDay(since)}`;
}

/**
 * The time of day, with the date before it where that is not today's: `12:34:56`.
 *
 * @param {Date | number | string} moment
 */
export function timeOfDay(moment) {
    const date = new Date(moment);
    const time = date.toLocaleTimeString('en-GB');
    return date.toDateString() === new Date().toDateString() ? time : `${date.toLocaleDateString('en-CA')} ${time}`;
}

/**
 * @param {State} state
 * @param {Date | number | string | undefined} since
 * @param {string} [reason]
 */
function story(state, since, reason) {
    const when = since === undefined ? '' : timeOfDay(since);
    const why = reason ? ` — ${reason}` : '';
    switch (state) {
        case 'STALE':
            return `no picture since ${when}${why}`;
        case 'OFFLINE':
            return `no signal since ${when}${waitsForSender(reason) ? ', nobody is sending' : `, trying again${why}`}`;
        case 'STARTING':
            return reason ?? 'waiting for the first picture';
        case 'ENDED':
            return `at ${when}${why}`;
        case 'IDLE':
            return `opens when somebody watches${why}`;
        default:
            return '';
    }
}

/**
 * Whether a stream waits for somebody to send pictures, which is nothing that the server could try again; its reason
 * names the page where that is done.
 *
 * @param {string} [reason]
 */
function waitsForSender(reason) {
    return Boolean(reason?.includes('/publish/'));
}
