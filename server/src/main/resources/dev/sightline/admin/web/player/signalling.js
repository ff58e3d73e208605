// @ts-check
import { refusal } from './problem.js';

/**
 * Brings a connection about by WHEP or WHIP: our offer goes up, the answer comes back with all of the server's addresses.
 * Ours need not go: the server sees where packets come from.
 *
 * @param {RTCPeerConnection} connection
 * @param {string} address
 * @param {AbortSignal} signal
 * @returns {Promise<{session: string} | {refused: import('./connection.js').Ending}>} the session's own address, empty
 *     where the server does not tell it; or why there is none. Fails where the server cannot be reached.
 */
export async function negotiate(connection, address, signal) {
    await connection.setLocalDescription();
    const response = await fetch(address, {
        method: 'POST',
        headers: { 'Content-Type': 'application/sdp' },
        body: connection.localDescription?.sdp,
        signal,
    });
    if (!response.ok) {
        return { refused: await refusal(response) };
    }
    const location = response.headers.get('Location');
    const session = location ? new URL(location, response.url).href : '';
    const sdp = await response.text();
    if (signal.aborted) {
        end(session);
        throw signal.reason;
    }
    await connection.setRemoteDescription({ type: 'answer', sdp });
    return { session };
}

/**
 * Restarts ICE (RFC 9725 section 4.3): all ways between the two are tried anew, while the session, its keys and its pictures
 * go on.
 *
 * @param {RTCPeerConnection} connection
 * @param {string} session its address
 * @param {AbortSignal} signal
 * @returns {Promise<boolean>} whether the server still knows the session. Fails where the server cannot be reached.
 */
export async function restartIce(connection, session, signal) {
    connection.restartIce();
    await connection.setLocalDescription();
    const response = await fetch(session, {
        method: 'PATCH',
        headers: { 'Content-Type': 'application/trickle-ice-sdpfrag', 'If-Match': '*' },
        body: fragment(connection.localDescription?.sdp ?? ''),
        signal,
    });
    if (response.ok) {
        const sdp = renewed(connection.currentRemoteDescription?.sdp ?? '', await response.text());
        await connection.setRemoteDescription({ type: 'answer', sdp });
    }
    return response.ok;
}

/** What a restart says of our side: its new credentials (RFC 8840). @param {string} sdp */
function fragment(sdp) {
    const lines = sdp.split('\r\n');
    const first = ['a=ice-ufrag:', 'a=ice-pwd:', 'm=', 'a=mid:'].map((start) => lines.find((line) => line.startsWith(start)));
    return [...first, ''].join('\r\n');
}

/**
 * A description with the credentials and candidates of a fragment in place of its own.
 *
 * @param {string} sdp with one section
 * @param {string} fresh
 */
function renewed(sdp, fresh) {
    const ofIce = /^a=(ice-ufrag|ice-pwd|candidate|end-of-candidates)/;
    const kept = sdp.split('\r\n').filter((line) => line && !ofIce.test(line));
    const added = fresh.split('\r\n').filter((line) => ofIce.test(line));
    return [...kept, ...added, ''].join('\r\n');
}

/** Ends a session, even while the page goes. @param {string} session its address */
export function end(session) {
    if (session) {
        fetch(session, { method: 'DELETE', keepalive: true }).catch(() => {});
    }
}

/**
 * Why a connection does not come about, for people.
 *
 * @param {RTCPeerConnection} connection
 * @returns {string}
 */
export function obstacle(connection) {
    if (!connection.currentRemoteDescription) {
        return 'the server has not answered the offer';
    }
    if (['connected', 'completed'].includes(connection.iceConnectionState)) {
        return 'packets pass, but no keys were agreed on (DTLS)';
    }
    const port = / (\d+) typ host/.exec(connection.currentRemoteDescription.sdp)?.[1];
    const where = port ? `UDP port ${port}` : 'the server’s UDP port';
    return `no packet came back from ${where}: a firewall stops it, or a container’s port is not published`;
}
