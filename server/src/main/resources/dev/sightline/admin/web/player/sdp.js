const OF_ICE = /^a=(ice-ufrag|ice-pwd|candidate|end-of-candidates)/;

/**
 * What a description says of its side's ICE, for a restart: the credentials, and which section they are of (RFC 8840).
 *
 * @param {string} sdp
 */
export function iceFragment(sdp) {
    const lines = sdp.split('\r\n');
    const first = ['a=ice-ufrag:', 'a=ice-pwd:', 'm=', 'a=mid:'].map((start) => lines.find((line) => line.startsWith(start)));
    return [...first, ''].join('\r\n');
}

/**
 * A description with the credentials and candidates of a fragment in place of its own.
 *
 * @param {string} sdp with one section
 * @param {string} fragment
 */
export function withIce(sdp, fragment) {
    const kept = sdp.split('\r\n').filter((line) => line && !OF_ICE.test(line));
    const added = fragment.split('\r\n').filter((line) => OF_ICE.test(line));
    return [...kept, ...added, ''].join('\r\n');
}

/** The port of the first host candidate; nothing where there is none. @param {string} sdp */
export function mediaPort(sdp) {
    return / (\d+) typ host/.exec(sdp)?.[1];
}
