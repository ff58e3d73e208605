package dev.sightline.transport.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.access.Access;
import dev.sightline.http.limits.ClientAddress;
import dev.sightline.http.limits.InputBudget;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultEventExecutor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
    private final DefaultEventExecutor executor = new DefaultEventExecutor();
    private final EngineSettings settings =
            EngineSettings.DEFAULTS.withPings(Duration.ofSeconds(300), Duration.ofSeconds(200));
    private long now = Long.MAX_VALUE - 5; // it overflows on the way
    private final EngineSession session = new EngineSession(
            "id",
            executor,
            new ClientAddress(NetUtil.createInetAddressFromIpAddressString("192.0.2.1"), false),
            Access.open(),
            new Engine(
                    settings,
                    (origin, host) -> true,
                    refusal -> {},
                    (session, request) -> new EngineListener() {},
                    InputBudget.ofProcess()));
    private final Heartbeat heartbeat = new Heartbeat(session, settings, () -> now);

    @AfterEach
    void stop() {
        heartbeat.stop();
        executor.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }

    @Test
    void isOverdue_afterIntervalAndTimeout_thoughNoTimerHasRun() {
        pass(499);
        assertThat(heartbeat.isOverdue()).isFalse();
        pass(1);
        assertThat(heartbeat.isOverdue()).isTrue();
    }

    @Test
    void isOverdue_answered_beginsAnew() {
        pass(499);
        heartbeat.pingLater();
        pass(499);
        assertThat(heartbeat.isOverdue()).isFalse();
    }

    @Test
    void isOverdue_questionDelivered_hasTheWholeTimeoutFromThen() {
        pass(450);
        heartbeat.awaitPong();
        pass(199);
        assertThat(heartbeat.isOverdue()).isFalse();
        pass(1);
        assertThat(heartbeat.isOverdue()).isTrue();
    }

    private void pass(long seconds) {
        now += TimeUnit.SECONDS.toNanos(seconds);
    }
}
