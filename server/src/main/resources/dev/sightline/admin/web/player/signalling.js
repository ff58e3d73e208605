import { refusal } from './problem.js';
import { iceFragment, mediaPort, withIce } from './sdp.js';

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
 * Restarts ICE (RFC 9725 section 4.3): all paths between the two are tried again, while the session, its keys and its pictures
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
        body: iceFragment(connection.localDescription?.sdp ?? ''),
        signal,
    });
    if (response.ok) {
        const sdp = withIce(connection.currentRemoteDescription?.sdp ?? '', await response.text());
        await connection.setRemoteDescription({ type: 'answer', sdp });
    }
    return response.ok;
}

/** What the server says of a session that its operator has ended. */
const DISMISSED = 'disconnected by the operator';

/** The server tells of a session that has ended within so many milliseconds, or it is away. */
const TELLING = 2_000;

/**
 * Whether the server's operator has ended a session; its address says no more than that it is over.
 *
 * @param {string} session its address
 * @returns {Promise<string>} the server's words; empty where it ended otherwise, or the server cannot be reached
 */
export async function dismissal(session) {
    if (!session) {
        return '';
    }
    const about = new URL(`../../../api/webrtc/${session.split('/').pop()}`, session);
    const answer = await fetch(about, { cache: 'no-store', signal: AbortSignal.timeout(TELLING) }).catch(() => undefined);
    const { explanation } = answer?.ok ? await answer.json().catch(() => ({})) : {};
    return explanation === DISMISSED ? explanation : '';
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
    const port = mediaPort(connection.currentRemoteDescription.sdp);
    const where = port ? `UDP port ${port}` : 'the server’s UDP port';
    return `no packet came back from ${where}: a firewall stops it, or a container’s port is not published`;
}
