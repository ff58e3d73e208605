package dev.sightline.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.http.limits.InputBudget;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
    private final Connections connections =
            new Connections(HttpSettings.DEFAULTS.withMaxConnections(1), InputBudget.ofProcess());

    /** Their event loops admit connections, and one may be busy. */
    @Test
    void admit_full_theOneThatWasAcceptedFirstMakesRoom_whicheverIsAdmittedFirst() {
        EmbeddedChannel first = new Accepted();
        EmbeddedChannel second = new Accepted();
        connections.arrived(first);
        connections.arrived(second);

        connections.admit(second);
        connections.admit(first);

        assertThat(second.isOpen()).isTrue();
        assertThat(first.isOpen()).isFalse();
        assertThat(connections.count()).isEqualTo(1);
        second.close();
        assertThat(connections.count()).isZero();
    }

    /** A connection of a stranger's. */
    private static final class Accepted extends EmbeddedChannel {
        @Override
        protected SocketAddress remoteAddress0() {
            return new InetSocketAddress("192.0.2.1", 1);
        }
    }
}
