package dev.sightline.transport.webrtc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LocalAddressesTest {
    @Test
    void candidates_ofOneAddress_areUdpThenTcp() throws UnknownHostException {
        List<Candidate> candidates = candidates("192.0.2.7", List.of(), true, Optional.empty());

        assertThat(candidates)
                .extracting(Candidate::toSdp)
                .containsExactly(
                        "candidate:1 1 udp 2130706431 192.0.2.7 8190 typ host",
                        "candidate:17 1 tcp 1518342399 192.0.2.7 8190 typ host tcptype passive");
    }

    @Test
    void candidates_theHttpHostAndExtraOnes_comeFirst() throws UnknownHostException {
        Optional<InetAddress> host = Optional.of(InetAddress.getByName("127.0.0.1"));

        List<Candidate> candidates = candidates("192.0.2.7", List.of("2001:db8::1", "192.0.2.7"), false, host);

        assertThat(candidates)
                .extracting(each -> each.address().getHostAddress())
                .containsExactly("127.0.0.1", "2001:db8:0:0:0:0:0:1", "192.0.2.7");
        assertThat(candidates).extracting(Candidate::priority).isSortedAccordingTo((a, b) -> Long.compare(b, a));
    }

    @Test
    void candidates_ofAllAddresses_areTheseOfThisComputer() throws UnknownHostException {
        List<Candidate> candidates = candidates("0.0.0.0", List.of(), false, Optional.empty());

        assertThat(candidates).isNotEmpty().noneMatch(each -> each.address().isAnyLocalAddress());
        boolean loopback = candidates.get(0).address().isLoopbackAddress();
        assertThat(candidates).allMatch(each -> each.address().isLoopbackAddress() == loopback);
    }

    @Test
    void candidates_unknownName_isLeftOut() throws UnknownHostException {
        assertThat(candidates("192.0.2.7", List.of("no.such.host.invalid"), false, Optional.empty()))
                .hasSize(1);
    }

    private static List<Candidate> candidates(String bound, List<String> extra, boolean tcp, Optional<InetAddress> host)
            throws UnknownHostException {
        return new LocalAddresses(InetAddress.getByName(bound), extra, 8190, tcp).candidates(host);
    }
}
