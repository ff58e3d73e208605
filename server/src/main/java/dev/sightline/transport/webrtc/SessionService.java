package dev.sightline.transport.webrtc;

import dev.sightline.http.ProblemException;
import dev.sightline.stream.PublishException;
import dev.sightline.transport.webrtc.sdp.CodecPreferences;
import dev.sightline.transport.webrtc.sdp.Fragment;
import dev.sightline.transport.webrtc.sdp.RemoteDescription;
import dev.sightline.transport.webrtc.sdp.SdpException;
import java.util.Optional;

/**
 * Where sessions begin and end, seen from the HTTP side. Called on event loops: no call waits. Each that makes a session
 * may throw a {@link ProblemException}: 503 where WebRTC does not run or there are as many sessions as may be.
 */
interface SessionService {

    /**
     * Begins a session that watches a stream.
     *
     * @param stream the name of a stream that can be watched
     * @param caller who asks for it
     * @throws SdpException if the offer will not do
     */
    Answered watch(String stream, RemoteDescription offer, CodecPreferences wishes, Caller caller) throws SdpException;

    /**
     * Begins a session that sends a stream's pictures.
     *
     * @param stream the name of a stream or mirror that takes pictures
     * @throws SdpException if the offer will not do
     * @throws PublishException if the stream does not take pictures from this sender now
     */
    Answered publish(String stream, RemoteDescription offer, PublishWishes wishes, Caller caller)
            throws SdpException, PublishException;

    /**
     * Begins a session that watches a stream by an offer of our own, which may never be answered.
     *
     * @param mid the name of its section, which comes back in the answer
     */
    Answered invite(String stream, String mid, Caller caller);

    /**
     * Takes the answer to an offer of ours.
     *
     * @throws SdpException if it does not fit
     * @throws ProblemException 410, if the session is gone
     */
    void answered(String id, RemoteDescription answer) throws SdpException;

    /** A session that has not ended. */
    Optional<SessionInfo> standing(String id);

    /**
     * Takes candidates, which are not needed, or restarts ICE.
     *
     * @param restart whether that is what the peer asks for; it may ask again where our answer was lost, and gets the same
     * @param caller who asks for it now
     * @return what a restart is answered with; empty where there is nothing to say
     * @throws SdpException if it does not fit the session
     */
    Optional<Restarted> patch(String id, Fragment fragment, boolean restart, Caller caller) throws SdpException;

    /** Ends a session; {@code false} if there was none. */
    boolean end(String id);

    /** The desk of a server on which WebRTC does not run. */
    static SessionService closed(String why) {
        return new DisabledSessions(why);
    }

    /**
     * A session that has begun.
     *
     * @param id for its address: nobody can guess it
     * @param etag of its ICE credentials, without quotes; a restart changes it
     * @param sdp our answer or offer
     */
    record Answered(String id, String etag, String sdp) {}

    /**
     * What the HTTP side needs to know of a session.
     *
     * @param stream the name that it was begun with
     * @param publishes whether it was begun by {@link #publish}
     * @param etag as above
     */
    record SessionInfo(String stream, boolean publishes, String etag) {}

    /**
     * An ICE restart.
     *
     * @param etag the new one
     * @param fragment our new credentials, as {@code application/trickle-ice-sdpfrag}
     */
    record Restarted(String etag, String fragment) {}
}
