package dev.sightline.transport.webrtc;

import dev.sightline.http.Problem;
import dev.sightline.http.ProblemException;
import dev.sightline.transport.webrtc.sdp.CodecPreferences;
import dev.sightline.transport.webrtc.sdp.Fragment;
import dev.sightline.transport.webrtc.sdp.RemoteDescription;
import java.util.Optional;

/** Answers that WebRTC does not run, and why. */
record DisabledSessions(String why) implements SessionService {

    @Override
    public Answered watch(String stream, RemoteDescription offer, CodecPreferences wishes, Caller caller) {
        throw closed();
    }

    @Override
    public Answered publish(String stream, RemoteDescription offer, PublishWishes wishes, Caller caller) {
        throw closed();
    }

    @Override
    public Answered invite(String stream, String mid, Caller caller) {
        throw closed();
    }

    @Override
    public void answered(String id, RemoteDescription answer) {
        throw closed();
    }

    @Override
    public Optional<SessionInfo> standing(String id) {
        return Optional.empty();
    }

    @Override
    public Optional<Restarted> patch(String id, Fragment fragment, boolean restart, Caller caller) {
        throw closed();
    }

    @Override
    public boolean end(String id) {
        return false;
    }

    private ProblemException closed() {
        return new ProblemException(Problem.of(503, "WebRTC does not run here: " + why));
    }
}
