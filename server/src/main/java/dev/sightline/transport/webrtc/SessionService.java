package dev.sightline.transport.webrtc;

import dev.sightline.access.Access;
import dev.sightline.http.ProblemException;
import dev.sightline.refusal.RefusedException;
import dev.sightline.transport.webrtc.sdp.CodecPreferences;
import dev.sightline.transport.webrtc.sdp.Fragment;
import dev.sightline.transport.webrtc.sdp.RemoteDescription;
import dev.sightline.transport.webrtc.sdp.SdpException;
import java.util.Optional;

/**
 * Starts and ends sessions for the HTTP side. Called on event loops: no call waits. Methods that create a session may throw a
 * {@link ProblemException}: 503 if WebRTC does not run.
 */
interface SessionService {

    /**
     * Starts a session that watches a stream.
     *
     * @param stream the name of a stream that can be watched
     * @param caller who asks for it
     * @throws SdpException if the offer will not do
     * @throws RefusedException if there is no room at the stream or for the session
     */
    Answered watch(String stream, RemoteDescription offer, CodecPreferences wishes, Caller caller)
            throws SdpException, RefusedException;

    /**
     * Starts a session that publishes a stream's frames.
     *
     * @param stream the name of a stream or mirror that takes pictures
     * @throws SdpException if the offer will not do
     * @throws RefusedException if the stream does not take pictures from this sender now, or there is no room for the session
     */
    Answered publish(String stream, RemoteDescription offer, PublishWishes wishes, Caller caller)
            throws SdpException, RefusedException;

    /**
     * Starts a session that watches a stream with our own offer, which may never be answered.
     *
     * @param mid the name of its section, which comes back in the answer
     * @throws RefusedException if there is no room at the stream or for the session
     */
    Answered invite(String stream, String mid, Caller caller) throws RefusedException;

    /**
     * Takes the answer to our offer.
     *
     * @throws SdpException if it does not fit
     * @throws ProblemException 410 if the session has ended
     */
    void answered(String id, RemoteDescription answer) throws SdpException;

    /** A session that has not ended. */
    Optional<SessionInfo> standing(String id);

    /**
     * Takes trickled candidates, which are not needed, or restarts ICE.
     *
     * @param restart whether the peer asks for a restart; if it repeats that after our answer was lost, it gets the same answer
     * @param caller the client of this request
     * @return the answer to a restart; empty if there is none
     * @throws SdpException if it does not fit the session
     */
    Optional<Restarted> patch(String id, Fragment fragment, boolean restart, Caller caller) throws SdpException;

    /** Ends a session; {@code false} if there was none. */
    boolean end(String id);

    /** The service of a server on which WebRTC does not run. */
    static SessionService closed(String why) {
        return new DisabledSessions(why);
    }

    /**
     * A session that was started.
     *
     * @param id for its address, unguessable
     * @param etag of its ICE credentials, without quotes; a restart changes it
     * @param sdp our answer or offer
     */
    record Answered(String id, String etag, String sdp) {}

    /**
     * What the HTTP side needs to know of a session.
     *
     * @param stream the name in the request
     * @param publishes whether {@link #publish} started it
     * @param etag as above
     * @param owner who started it: nobody else changes or ends it
     */
    record SessionInfo(String stream, boolean publishes, String etag, Access owner) {
        /** One of a server without logins. */
        SessionInfo(String stream, boolean publishes, String etag) {
            this(stream, publishes, etag, Access.open());
        }
    }

    /**
     * An ICE restart.
     *
     * @param etag the new one
     * @param fragment our new credentials, as {@code application/trickle-ice-sdpfrag}
     */
    record Restarted(String etag, String fragment) {}
}
