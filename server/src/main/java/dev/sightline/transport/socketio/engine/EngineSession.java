package dev.sightline.transport.socketio.engine;

import dev.sightline.http.limits.ClientAddress;
import dev.sightline.http.limits.InputBudget;
import io.netty.util.concurrent.EventExecutor;

/**
 * One client's session, whichever transport carries it: what can be done with it. What comes from the client goes to the
 * session's {@link EngineListener}.
 *
 * <p>Everything about a session happens in one serial order, on the event loop of the session: that of its first
 * request, and after an upgrade that of the WebSocket.
 */
public interface EngineSession {
    /** The reason of an end: the client has left, or cannot be reached any more. */
    String TRANSPORT_CLOSE = "transport close";

    /** How the reason of an end begins whose cause is what the client sent. */
    String PARSE_ERROR = "parse error";

    /** The reason of an end: the client says nothing. */
    String PING_TIMEOUT = "ping timeout";

    /** The reason of an end: the client does not take what it is sent. */
    String TOO_SLOW = "too slow";

    /** Runs something in the session's order; any thread. */
    void execute(Runnable task);

    /** The session's event loop of now. */
    EventExecutor executor();

    /** Sends a packet after those before it, unless too much is unsent, which ends the session; any thread. */
    void send(Wire wire);

    /** There is something newer to send; called on the event loop. It is asked for when it can go out. */
    void offer(Feed feed);

    /**
     * The client has shown what it is here for: it may send as much as the settings say, and keeps its place when others
     * come. Before that it may send 64 KiB, in sum too. In the session's order.
     */
    void trust();

    /** Whom it counts for where there are limits for one address. */
    ClientAddress client();

    /** Counts what the client has sent and what waits; any thread. */
    InputBudget.Account input();

    /** Ends the session, telling the client; any thread. */
    void close(String reason);

    /** Ends the session for what the client sent, with a reason for people; any thread. */
    void refuse(String why);
}
