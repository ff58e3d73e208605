package dev.sightline.testkit.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written can be read, and the sample of the standard too. */
class StunMessageTest {
    private static final byte[] ID = HexFormat.of().parseHex("b7e7a701bc34d686fa87dfae");

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "2001:db8::7"})
    void success_anAddress_isRead(String host) {
        InetSocketAddress seen = new InetSocketAddress(host, 32_853);
        StunMessage read = StunMessage.parse(StunMessage.success(ID, seen, "secret"));
        assertThat(read.type()).isEqualTo(StunMessage.BINDING_SUCCESS);
        assertThat(read.id()).isEqualTo(ID);
        assertThat(read.mappedAddress()).hasValue(seen);
        assertThat(read.isSealedWith("secret")).isTrue();
        assertThat(read.isSealedWith("other")).isFalse();
    }

    @Test
    void request_itsSeal_breaksWithAnyByteBeforeIt() {
        byte[] request = StunMessage.request(ID, "server:peer", "secret", 7);
        assertThat(StunMessage.parse(request).isSealedWith("secret")).isTrue();
        request[9] ^= 1;
        assertThat(StunMessage.parse(request).isSealedWith("secret")).isFalse();
    }

    /** RFC 5769, section 2.2. */
    @Test
    void parse_answerOfTheStandard_isUnderstood() {
        byte[] answer = HexFormat.of()
                .parseHex("0101003c2112a442b7e7a701bc34d686fa87dfae"
                        + "8022000b7465737420766563746f7220"
                        + "002000080001a147e112a643"
                        + "000800142b91f599fd9e90c38c7489f92af9ba53f06be7d7"
                        + "80280004c07d4c96");
        StunMessage read = StunMessage.parse(answer);
        assertThat(read.mappedAddress()).hasValue(new InetSocketAddress("192.0.2.1", 32_853));
        assertThat(read.isSealedWith("VOkJxbRl1RmTxUk/WvJxBt")).isTrue();
    }
}
