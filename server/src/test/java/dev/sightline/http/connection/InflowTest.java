package dev.sightline.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.http.limits.ClientAddress;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.NetUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InflowTest {
    private static final ClientAddress ONE = address("192.0.2.1");
    private static final ClientAddress OTHER = address("192.0.2.2");

    private final InputRates rates = new InputRates(1_000, () -> this.now);
    private final List<EmbeddedChannel> open = new ArrayList<>();
    private long now;

    private static ClientAddress address(String name) {
        return new ClientAddress(NetUtil.createInetAddressFromIpAddressString(name), false);
    }

    @AfterEach
    void end() {
        open.forEach(EmbeddedChannel::finishAndReleaseAll);
    }

    @Test
    void bytes_withinTheRate_areReadOn() {
        EmbeddedChannel channel = connection(ONE);
        send(channel, 1_000);
        assertThat(isRead(channel)).isTrue();

        wait(channel, 500);
        send(channel, 500);
        assertThat(isRead(channel)).isTrue();
    }

    @Test
    void bytes_beyondTheRate_arePassedOnAndThenWait() {
        EmbeddedChannel channel = connection(ONE);
        long before = InputRates.delays();
        send(channel, 1_250);
        assertThat(channel.<Object>readInbound()).isNotNull();
        assertThat(isRead(channel)).isFalse();
        assertThat(InputRates.delays()).isGreaterThan(before);

        wait(channel, 249);
        assertThat(isRead(channel)).isFalse();
        wait(channel, 1);
        assertThat(isRead(channel)).isTrue();
    }

    @Test
    void connections_ofOneAddress_shareItsRate_othersHaveTheirOwn() {
        send(connection(ONE), 1_000);
        EmbeddedChannel second = connection(ONE);
        send(second, 1);
        assertThat(isRead(second)).isFalse();

        EmbeddedChannel other = connection(OTHER);
        send(other, 1_000);
        assertThat(isRead(other)).isTrue();
    }

    @Test
    void connection_thatComesBack_hasWhatItLeft() {
        EmbeddedChannel first = connection(ONE);
        send(first, 2_000);
        first.close();

        EmbeddedChannel again = connection(ONE);
        send(again, 1);
        assertThat(isRead(again)).isFalse();
    }

    @Test
    void connection_movedToAnotherClient_spendsOfThat() {
        Inflow inflow = new Inflow(rates, ONE);
        EmbeddedChannel channel = connection(inflow);
        send(channel, 1_000);
        inflow.moveTo(OTHER);
        send(channel, 1_000);
        assertThat(isRead(channel)).isTrue();

        EmbeddedChannel other = connection(OTHER);
        send(other, 1);
        assertThat(isRead(other)).isFalse();
    }

    @Test
    void whoWantsNothing_isNotRead_whenTheRateAllowsItAgain() {
        Inflow inflow = new Inflow(rates, ONE);
        EmbeddedChannel channel = connection(inflow);
        send(channel, 2_000);
        inflow.want(false);
        wait(channel, 1_000);
        assertThat(isRead(channel)).isFalse();

        inflow.want(true);
        assertThat(isRead(channel)).isTrue();
    }

    @Test
    void addresses_thatHaveLeft_areForgotten_onceTheirRateIsFull() {
        for (int each = 0; each < 200; each++) {
            EmbeddedChannel channel = connection(address("192.0.2." + each));
            send(channel, 2_000);
            channel.close();
        }
        assertThat(rates.count()).isEqualTo(200);

        now += TimeUnit.SECONDS.toNanos(2);
        connection(ONE).close();
        assertThat(rates.count()).isLessThanOrEqualTo(1);
    }

    @Test
    void connection_refusedBeforeItHadHandlers_leavesNothingBehind() {
        assertThat(new Inflow(rates, ONE)).isNotNull();
        assertThat(rates.count()).isZero();
    }

    private EmbeddedChannel connection(ClientAddress client) {
        return connection(new Inflow(rates, client));
    }

    private EmbeddedChannel connection(Inflow inflow) {
        EmbeddedChannel channel = new EmbeddedChannel(inflow);
        channel.freezeTime();
        open.add(channel);
        return channel;
    }

    private static void send(EmbeddedChannel channel, int bytes) {
        channel.writeInbound(Unpooled.buffer().writeZero(bytes));
    }

    private static boolean isRead(EmbeddedChannel channel) {
        return channel.config().isAutoRead();
    }

    private void wait(EmbeddedChannel channel, long millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
        channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }
}
