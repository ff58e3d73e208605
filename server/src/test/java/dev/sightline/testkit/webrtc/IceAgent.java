package dev.sightline.testkit.webrtc;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks the server's side of ICE (RFC 8445) until it answers, and goes on asking, as consent demands (RFC 7675). */
final class IceAgent {
    private static final long FIRST_MILLIS = 20;
    private static final long SLOWEST_MILLIS = 500;
    private static final long CONSENT_MILLIS = 2500;
    private static final int REMEMBERED = 16;

    private final EventLoop loop;
    private final String username;
    private final String password;
    private final String localPassword;
    private final long tieBreaker = ThreadLocalRandom.current().nextLong();
    private final Runnable connected;
    private final Map<String, Long> asked = new LinkedHashMap<>();
    private @Nullable Wire wire;
    private @Nullable ScheduledFuture<?> next;
    private boolean answered;
    private long pause = FIRST_MILLIS;

    /** With what is called at the first answer, on the loop. */
    IceAgent(EventLoop loop, LocalDescription local, RemoteDescription server, Runnable connected) {
        this.loop = loop;
        this.username = server.ufrag() + ":" + local.ufrag();
        this.localPassword = local.password();
        this.password = server.password();
        this.connected = connected;
    }

    /** Begins to ask, or to ask over another way. */
    void start(Wire over) {
        wire = over;
        pause = FIRST_MILLIS;
        stop();
        ask();
    }

    void stop() {
        if (next != null) {
            next.cancel(false);
        }
    }

    void read(byte[] packet) {
        StunMessage message = StunMessage.parse(packet);
        if (message.type() == StunMessage.BINDING_REQUEST && wire != null && message.isSealedWith(localPassword)) {
            byte[] answer = StunMessage.success(message.id(), wire.remote(), localPassword);
            wire.send(answer, answer.length);
            return;
        }
        boolean genuine = message.type() == StunMessage.BINDING_SUCCESS
                && asked.remove(HexFormat.of().formatHex(message.id())) != null
                && message.isSealedWith(password)
                && wire != null
                && message.mappedAddress()
                        .filter(mapped -> mapped.getPort() > 0)
                        .isPresent();
        if (genuine && !answered) {
            answered = true;
            connected.run();
        }
    }

    private void ask() {
        byte[] id = new byte[StunMessage.ID_LENGTH];
        ThreadLocalRandom.current().nextBytes(id);
        asked.put(HexFormat.of().formatHex(id), System.nanoTime());
        if (asked.size() > REMEMBERED) {
            asked.remove(asked.keySet().iterator().next());
        }
        byte[] request = StunMessage.request(id, username, password, tieBreaker);
        if (wire != null) {
            wire.send(request, request.length);
        }
        long wait = answered ? CONSENT_MILLIS : pause;
        pause = Math.min(SLOWEST_MILLIS, pause * 2);
        next = loop.schedule(this::ask, wait, TimeUnit.MILLISECONDS);
    }
}
