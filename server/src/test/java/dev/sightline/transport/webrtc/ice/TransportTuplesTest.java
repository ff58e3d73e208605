package dev.sightline.transport.webrtc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.metrics.SingleWriterCounter;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransportTuplesTest {
    private final List<TransportTuple> letGo = new ArrayList<>();
    private final TransportTuples paths = new TransportTuples(letGo::add);

    @Test
    void heard_ninthWay_theOneHeardOfLongestAgoIsLetGo_butNotThatOfMedia() {
        TransportTuple media = heard(false, 0);
        paths.offered(media, true, 0);
        TransportTuple second = heard(false, 1);
        for (int i = 2; i < 8; i++) {
            heard(false, i);
        }
        assertThat(letGo).isEmpty();

        TransportTuple ninth = heard(false, 8);
        assertThat(letGo).containsExactly(second);
        paths.heard(ninth, 9);
        assertThat(letGo).hasSize(1);
        assertThat(paths.chosen()).isSameAs(media);
    }

    @Test
    void heard_fourthConnection_theOldestOfThemIsLetGo() {
        heard(false, 0);
        TransportTuple first = heard(true, 1);
        heard(true, 2);
        heard(true, 3);
        assertThat(letGo).isEmpty();

        heard(true, 4);
        assertThat(letGo).containsExactly(first);
    }

    private TransportTuple heard(boolean tcp, long now) {
        TransportTuple path = new Way(tcp);
        paths.heard(path, now);
        return path;
    }

    private static final class Way extends TransportTuple {
        private final boolean tcp;

        Way(boolean tcp) {
            super(InetSocketAddress.createUnresolved("192.0.2.1", 9), new SingleWriterCounter());
            this.tcp = tcp;
        }

        @Override
        public void put(byte[] packet, int length) {}

        @Override
        public void flush() {}

        @Override
        protected void transmit(byte[] packet, int length) {}

        @Override
        public boolean tcp() {
            return tcp;
        }

        @Override
        public void close() {}
    }
}
