/** Bright enough for dark letters on them, and for lines on any picture. */
const COLOURS = [
    '#46d39a', '#f0b24f', '#6cb8ff', '#ff8fab', '#c3a3ff', '#ffe066',
    '#5ce1e6', '#ff9f68', '#a6e35f', '#f2a3ff', '#9fb4ff', '#e8d8b0',
];

/** Of what has no label. */
const PLAIN = '#eceef1';

/** The colour of a label, the same wherever it is seen. @param {string} label */
export function colour(label) {
    if (label === '') {
        return PLAIN;
    }
    let hash = 0x811c9dc5; // FNV-1a
    for (let i = 0; i < label.length; i++) {
        hash = Math.imul(hash ^ label.charCodeAt(i), 0x01000193);
    }
    return COLOURS[((hash >>> 16) ^ (hash & 0xffff)) % COLOURS.length];
}
