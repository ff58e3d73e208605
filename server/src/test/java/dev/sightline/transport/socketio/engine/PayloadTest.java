package dev.sightline.transport.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {
    @Test
    void payload_packetsInOrder() throws Exception {
        List<Object> received = Payloads.packets("4a\u001ebAQID\u001e3".getBytes(StandardCharsets.UTF_8));

        assertThat(received).containsExactly("4a", new byte[] {1, 2, 3}, "3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "4a\u001e", "\u001e4a", "b?", "bA", "4a\u001eb="})
    void payload_malformed_isRefused(String body) {
        assertThatThrownBy(() -> Payloads.packets(body.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void payload_morePacketsThanThereMayBe_isRefused() throws Exception {
        byte[] most = ("6" + "\u001e6".repeat(9_999)).getBytes(StandardCharsets.UTF_8);
        byte[] more = ("6" + "\u001e6".repeat(10_000)).getBytes(StandardCharsets.UTF_8);

        assertThat(Payloads.packets(most)).hasSize(10_000);
        assertThatThrownBy(() -> Payloads.packets(more)).hasMessage("a payload of more than 10000 packets");
    }
}
