package dev.sightline.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The relay between real sockets. */
class UdpRelayTest {
    private final DatagramSocket server = socket();
    private final UdpRelay relay = UdpRelay.to(server.getLocalPort());
    private final DatagramSocket client = socket();
    private final DatagramSocket other = socket();

    @AfterEach
    void close() {
        relay.close();
        server.close();
        client.close();
        other.close();
    }

    @Test
    void relay_twoClients_answersReachTheOneMeant() throws IOException {
        send(client, "from client");
        DatagramPacket first = receive(server);
        send(other, "from other");
        DatagramPacket second = receive(server);
        assertThat(first.getPort()).isNotEqualTo(second.getPort());

        answer(second, "to other");
        answer(first, "to client");
        assertThat(text(receive(client))).isEqualTo("to client");
        assertThat(text(receive(other))).isEqualTo("to other");
        assertThat(relay.clients()).isEqualTo(2);
        assertThat(relay.passedUp()).isEqualTo(2);
        assertThat(relay.passedDown()).isEqualTo(2);
    }

    @Test
    void relay_delay_isKeptAtLeast() throws IOException {
        relay.impairUp(Impairment.NONE.delaying(Duration.ofMillis(60)));
        long sent = System.nanoTime();
        send(client, "late");
        receive(server);
        assertThat(System.nanoTime() - sent).isGreaterThanOrEqualTo(60_000_000);
    }

    @Test
    void relay_heldBackPacket_isOvertaken() throws IOException {
        relay.impairUp(Impairment.NONE.reordering(1, Duration.ofMillis(200)));
        send(client, "first");
        Await.until("it has arrived", () -> relay.passedUp() == 1);
        relay.impairUp(Impairment.NONE);
        send(client, "second");
        assertThat(text(receive(server))).isEqualTo("second");
        assertThat(text(receive(server))).isEqualTo("first");
    }

    @Test
    void relay_cutAndMended_passesOnlyWhatCameAfter() throws IOException {
        relay.impair(Impairment.CUT);
        send(client, "lost");
        Await.until("it is lost", () -> relay.lostUp() == 1);
        relay.impair(Impairment.NONE);
        send(client, "passed");
        assertThat(text(receive(server))).isEqualTo("passed");
    }

    @Test
    void rebind_sameClient_isSeenAtAnotherPort() throws IOException {
        send(client, "before");
        int before = receive(server).getPort();
        relay.rebind();
        send(client, "after");
        DatagramPacket after = receive(server);
        assertThat(after.getPort()).isNotEqualTo(before);
        answer(after, "reached");
        assertThat(text(receive(client))).isEqualTo("reached");
    }

    @Test
    void lead_descriptionWithSeveralCandidates_hasTheRelayAlone() {
        String sdp = "a=mid:0\r\na=candidate:1 1 udp 2130706431 192.0.2.7 8190 typ host\r\n"
                + "a=candidate:2 1 udp 2130706430 127.0.0.1 8190 typ host\r\n"
                + "a=candidate:3 1 tcp 1518280447 127.0.0.1 8190 typ host tcptype passive\r\na=end-of-candidates\r\n";
        assertThat(relay.lead(sdp))
                .isEqualTo("a=mid:0\r\na=candidate:1 1 udp 2130706431 127.0.0.1 " + relay.port()
                        + " typ host\r\na=end-of-candidates\r\n");
    }

    @Test
    void lead_descriptionInJson_staysJson() {
        String json =
                "{\"sdp\":\"a=mid:0\\r\\na=candidate:1 1 udp 1 127.0.0.1 8190 typ host generation 0\\r\\na=x\\r\\n\"}";
        assertThat(relay.lead(json))
                .isEqualTo("{\"sdp\":\"a=mid:0\\r\\na=candidate:1 1 udp 1 127.0.0.1 " + relay.port()
                        + " typ host\\r\\na=x\\r\\n\"}");
    }

    @Test
    void lead_noCandidateForUdp_isAnError() {
        assertThatThrownBy(() -> relay.lead("v=0\r\n")).hasMessageContaining("no host candidate");
    }

    private void send(DatagramSocket from, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        from.send(new DatagramPacket(
                bytes, bytes.length, new InetSocketAddress(InetAddress.getLoopbackAddress(), relay.port())));
    }

    private void answer(DatagramPacket to, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        server.send(new DatagramPacket(bytes, bytes.length, to.getSocketAddress()));
    }

    private static DatagramPacket receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[100], 100);
        socket.receive(packet);
        return packet;
    }

    private static String text(DatagramPacket packet) {
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    private static DatagramSocket socket() {
        try {
            DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            socket.setSoTimeout(20_000);
            return socket;
        } catch (SocketException e) {
            throw new IllegalStateException(e);
        }
    }
}
