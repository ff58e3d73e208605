// What the standards let a page do with the session of watch.js or whip.js: trickle candidates and restart ICE, by PATCH
// (RFC 9725 section 4.3, RFC 8840).

/** Sends the candidates that are known by now. Resolves to the answer's status. */
async function trickle(session) {
    const lines = session.candidates.splice(0).map((one) => (one?.candidate ? `a=${one.candidate}` : 'a=end-of-candidates'));
    const answer = await patch(session, session.etag, lines);
    return answer.status;
}

/** Restarts ICE. Resolves to the answer's status when the new credentials and candidates are in use. */
async function restart(session, condition = session.etag) {
    const { peer } = session;
    const { sdp } = peer.remoteDescription;
    session.candidates.length = 0;
    peer.restartIce();
    await peer.setLocalDescription();
    const answer = await patch(session, condition, []);
    if (answer.status !== 200) {
        throw new Error(await answer.text());
    }
    session.etag = answer.headers.get('ETag');
    await peer.setRemoteDescription({ type: 'answer', sdp: renewed(sdp, await answer.text()) });
    return answer.status;
}

/** A description with the credentials and candidates of a fragment in place of its own. */
function renewed(sdp, fragment) {
    const ofIce = /^a=(ice-ufrag|ice-pwd|candidate|end-of-candidates)/;
    const kept = sdp.split('\r\n').filter((line) => line && !ofIce.test(line));
    const fresh = fragment.split('\r\n').filter((line) => ofIce.test(line));
    return [...kept, ...fresh, ''].join('\r\n');
}

function patch({ peer, location }, condition, lines) {
    const described = peer.localDescription.sdp.split('\r\n');
    const first = (start) => described.find((line) => line.startsWith(start));
    const body = [...['a=ice-ufrag:', 'a=ice-pwd:', 'm=', 'a=mid:'].map(first), ...lines, ''].join('\r\n');
    return fetch(location, {
        method: 'PATCH',
        headers: { 'Content-Type': 'application/trickle-ice-sdpfrag', 'If-Match': condition },
        body,
    });
}

/** The way that media takes now. */
async function way({ peer }) {
    const report = await peer.getStats();
    const all = [...report.values()];
    const transport = all.find(({ type }) => type === 'transport');
    const pair = report.get(transport.selectedCandidatePairId);
    const rtp = all.find(({ type, kind }) => /bound-rtp$/.test(type) && !/^remote/.test(type) && kind === 'video');
    return {
        pair: pair.id,
        ufrag: transport.iceLocalUsernameFragment,
        remote: report.get(pair.remoteCandidateId).usernameFragment,
        port: report.get(pair.remoteCandidateId).port,
        ssrc: rtp.ssrc,
    };
}
