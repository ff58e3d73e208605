package dev.sightline.transport.webrtc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The vectors of RFC 5769, and what is none. */
class StunTest {
    private static final StunKey KEY = new StunKey("VOkJxbRl1RmTxUk/WvJxBt");
    private static final byte[] REQUEST = hex("000100582112a442b7e7a701bc34d686fa87dfae"
            + "802200105354554e207465737420636c69656e74"
            + "002400046e0001ff"
            + "80290008932ff9b151263b36"
            + "000600096576746a3a68367659202020"
            + "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2"
            + "80280004e57a3bcf");

    @Test
    void parse_rfc5769Request_isRead() {
        StunRequest request = StunRequest.parse(REQUEST, REQUEST.length).orElseThrow();

        assertThat(request.localUfrag()).isEqualTo("evtj");
        assertThat(request.controlled()).isTrue();
        assertThat(request.useCandidate()).isFalse();
        assertThat(request.transaction()).isEqualTo(0xb7e7a701bc34d686L);
        assertThat(KEY.signed(REQUEST, request.integrityAt())).isTrue();
        assertThat(new StunKey("another").signed(REQUEST, request.integrityAt()))
                .isFalse();
    }

    @Test
    void parse_anyByteChanged_isRefusedOrUnsigned() {
        // Without its name, the fingerprint is something else that nobody asked for.
        int fingerprintAt = REQUEST.length - 8;
        for (int i = 0; i < fingerprintAt; i++) {
            byte[] changed = REQUEST.clone();
            changed[i] ^= 1;

            Optional<StunRequest> request = StunRequest.parse(changed, changed.length);

            assertThat(request.isEmpty() || !KEY.signed(changed, request.get().integrityAt()))
                    .as("byte %d", i)
                    .isTrue();
        }
    }

    @Test
    void parse_wrongFingerprint_isRefused() {
        byte[] changed = REQUEST.clone();
        changed[REQUEST.length - 1] ^= 1;

        assertThat(StunRequest.parse(changed, changed.length)).isEmpty();
    }

    @Test
    void parse_anyPart_isNoRequest() {
        for (int length = 0; length < REQUEST.length; length++) {
            assertThat(StunRequest.parse(REQUEST, length)).isEmpty();
        }
    }

    @Test
    void success_ipv4_carriesTheAddressSigned() throws UnknownHostException {
        StunMessage answer = StunMessage.success(REQUEST, address("192.0.2.1", 32_853), KEY);

        assertThat(hex(answer))
                .startsWith("0101002c2112a442b7e7a701bc34d686fa87dfae" + "002000080001a147e112a643" + "00080014")
                .hasSize(2 * (20 + 12 + 24 + 8));
        assertThat(KEY.signed(answer.bytes(), 32)).isTrue();
    }

    @Test
    void success_ipv6_isAsInRfc5769() throws UnknownHostException {
        StunMessage answer = StunMessage.success(REQUEST, address("2001:db8:1234:5678:11:2233:4455:6677", 32_853), KEY);

        assertThat(hex(answer)).contains("002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9");
    }

    @Test
    void success_noLongerThanWhatAsked_cannotAmplify() throws UnknownHostException {
        byte[] smallest =
                StunMaker.request("abcdefgh:x", "password").nominating().bytes();

        assertThat(StunMessage.success(smallest, address("192.0.2.1", 1), KEY).length())
                .isLessThanOrEqualTo(smallest.length);
    }

    @Test
    void roleConflict_says487() {
        StunMessage answer = StunMessage.roleConflict(REQUEST, KEY);

        assertThat(hex(answer)).startsWith("0111").contains("0009001100000457" + "526f6c6520436f6e666c696374");
        assertThat(answer.length() % 4).isZero();
    }

    private static InetSocketAddress address(String host, int port) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByName(host), port);
    }

    private static String hex(StunMessage answer) {
        return HexFormat.of().formatHex(Arrays.copyOf(answer.bytes(), answer.length()));
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
