package dev.sightline.source.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.source.NetworkAddress;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RtspRelayTest {
    private ServerSocket listening;
    private RtspRelay relay;
    private Socket server;
    private Socket client;

    @BeforeEach
    void connect() throws IOException {
        listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        String address = "rtsp://eve:pass@127.0.0.1:" + listening.getLocalPort() + "/live";
        NetworkAddress camera = NetworkAddress.of(address, "");
        relay = RtspRelay.open(camera, camera.login(), Optional.empty(), Duration.ofSeconds(10));
        server = listening.accept();
        client = new Socket(
                InetAddress.getLoopbackAddress(), URI.create(relay.url()).getPort());
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        relay.close();
        server.close();
        listening.close();
    }

    @Test
    void answer_toSetupForDatagrams_namesTheServerAsTheirSource() throws IOException {
        ask("SETUP", 1);
        tell("RTSP/1.0 200 OK\r\nTransport: RTP/AVP;unicast;client_port=4-5;server_port=6-7\r\n");

        assertThat(answer().headers("Transport"))
                .containsExactly("RTP/AVP;unicast;client_port=4-5;server_port=6-7;source=127.0.0.1");
    }

    @Test
    void answer_loginRefused_asksTheClientNothing() throws IOException {
        RtspMessage first = ask("DESCRIBE", 1);
        tell("RTSP/1.0 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"camera\"\r\n");
        RtspMessage second = RtspMessage.read(server.getInputStream());
        tell("RTSP/1.0 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"camera\"\r\n");

        assertThat(first.headers("Authorization")).isEmpty();
        assertThat(second.headers("Authorization")).hasSize(1);
        assertThat(answer().headers("WWW-Authenticate")).isEmpty();
        assertThat(relay.refusal()).hasValue(401);
    }

    @Test
    void answer_redirect_isKeptFromTheClient() throws IOException {
        ask("DESCRIBE", 1);
        tell("RTSP/1.0 302 Moved\r\nLocation: rtsp://127.0.0.1:1/x\r\n");

        RtspMessage answer = answer();
        assertThat(answer.status()).hasValue(404);
        assertThat(answer.text()).doesNotContain("127.0.0.1");
        assertThat(relay.redirect()).contains("rtsp://127.0.0.1:1/x");
    }

    @Test
    void answer_datagramsFromElsewhere_areTakenFromTheServerAlone() throws IOException {
        ask("SETUP", 1);
        tell("RTSP/1.0 200 OK\r\nTransport: RTP/AVP;unicast;source=169.254.169.254;server_port=6-7\r\n");

        assertThat(answer().headers("Transport")).containsExactly("RTP/AVP;unicast;server_port=6-7;source=127.0.0.1");
    }

    @Test
    void close_afterTheClientsLastWords_bringsThemToTheServer() throws IOException {
        ask("PLAY", 1);
        say("TEARDOWN", 2);
        client.close();
        relay.close();

        InputStream in = new BufferedInputStream(server.getInputStream());
        assertThat(RtspMessage.read(in).word(0)).isEqualTo("TEARDOWN");
        assertThat(in.read()).as("then the connection ends").isNegative();
    }

    private RtspMessage ask(String method, int number) throws IOException {
        say(method, number);
        RtspMessage asked = RtspMessage.read(server.getInputStream());
        assertThat(asked.word(0)).isEqualTo(method);
        assertThat(asked.word(1)).endsWith(":" + listening.getLocalPort() + "/live");
        return asked;
    }

    private void say(String method, int number) throws IOException {
        write(client, method + " " + relay.url() + " RTSP/1.0\r\nCSeq: " + number + "\r\n\r\n");
    }

    private void tell(String answer) throws IOException {
        write(server, answer + "CSeq: 1\r\n\r\n");
    }

    private RtspMessage answer() throws IOException {
        return RtspMessage.read(client.getInputStream());
    }

    private static void write(Socket to, String text) throws IOException {
        to.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
