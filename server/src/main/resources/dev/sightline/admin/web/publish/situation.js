import { away, timeOfDay } from '../player/words.js';

/**
 * What is to be said of the sending of a camera.
 *
 * @param {{wanted: boolean, status?: {phase: import('./publisher-status.js').Phase, reason: string}, lostAt: number}} session
 *     `wanted`: whether the user wants to send; no `status` before the camera is open; `lostAt`: when pictures last came back
 * @returns {import('../player/words.js').Situation}
 */
export function situation({ wanted, status, lostAt }) {
    if (!wanted) {
        return { word: 'not sending', tone: 'quiet', text: '' };
    }
    if (!status) {
        return { word: 'opening…', tone: 'waiting', text: 'the browser asks whether this page may use the camera' };
    }
    const { phase, reason: text } = status;
    switch (phase) {
        case 'live':
            return { word: 'live', tone: 'live', text };
        case 'silent':
            return { word: 'waiting', tone: 'waiting', text: text || `nothing has come back since ${timeOfDay(lostAt)}` };
        case 'connecting':
            return { word: 'connecting…', tone: 'waiting', text };
        case 'reconnecting':
            return { word: 'reconnecting…', tone: 'trouble', text: text || away(lostAt) };
        case 'blocked':
            return { word: 'blocked', tone: 'trouble', text };
        case 'taken':
            return { word: 'taken', tone: 'trouble', text };
        case 'missing':
            return { word: 'unknown', tone: 'trouble', text: text || 'there is no such stream' };
        case 'over':
            return { word: 'ended', tone: 'quiet', text };
        default:
            return { word: 'refused', tone: 'trouble', text: text || 'the server takes no pictures here' };
    }
}
