package dev.sightline.transport.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.http.limits.ClientAddress;
import dev.sightline.stream.InputSender;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class InputRatesTest {
    private final AtomicLong now = new AtomicLong();
    private final InputRates rates = new InputRates(now::get);

    @Test
    void take_beyondTheRateOfOneAddress_isRefusedThatAddressOnly() throws Exception {
        assertThat(taken(client(1), 200)).isEqualTo(InputSender.AT_ONCE);
        assertThat(taken(client(2), 10)).isEqualTo(10);

        now.addAndGet(TimeUnit.SECONDS.toNanos(1));

        assertThat(taken(client(1), 200)).isEqualTo(InputSender.PER_SECOND);
    }

    @Test
    void take_thisComputer_hasNoLimit() throws Exception {
        assertThat(taken(new ClientAddress(InetAddress.getLoopbackAddress(), true), 200))
                .isEqualTo(200);
    }

    @Test
    void take_manyAddresses_remembersAThousand() throws Exception {
        taken(client(0), 200);
        taken(client(1), 200);
        for (int i = 2; i <= InputRates.MOST_ADDRESSES; i++) {
            taken(client(i), 1);
        }
        assertThat(rates.addresses()).isEqualTo(InputRates.MOST_ADDRESSES);
        assertThat(taken(client(1), 1)).as("still known").isZero();
        assertThat(taken(client(0), 1)).as("forgotten").isEqualTo(1);
    }

    private int taken(ClientAddress client, int wanted) {
        int taken = 0;
        for (int i = 0; i < wanted; i++) {
            taken += rates.take(client) ? 1 : 0;
        }
        return taken;
    }

    private static ClientAddress client(int number) throws UnknownHostException {
        return new ClientAddress(
                InetAddress.getByAddress(new byte[] {10, 0, (byte) (number >> 8), (byte) number}), false);
    }
}
