package dev.sightline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyHeaderTest {
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

    private static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }

    private static ByteBuf hex(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
    }

    private static InetSocketAddress client(ByteBuf bytes) {
        return ProxyHeader.read(bytes).orElseThrow().client();
    }

    @Test
    void read_version1_namesTheClientAndLeavesWhatFollows() {
        ByteBuf bytes = text("PROXY TCP4 203.0.113.9 192.0.2.1 56324 443\r\nGET / HTTP/1.1\r\n");

        assertThat(client(bytes)).isEqualTo(new InetSocketAddress("203.0.113.9", 56324));
        assertThat(bytes.toString(StandardCharsets.ISO_8859_1)).isEqualTo("GET / HTTP/1.1\r\n");
        assertThat(client(text("PROXY TCP6 2001:db8::7 ::1 1 2\r\n")))
                .isEqualTo(new InetSocketAddress("2001:db8::7", 1));
        assertThat(client(text("PROXY UNKNOWN\r\n"))).isEqualTo(ProxyHeader.UNKNOWN);
        assertThat(client(text("PROXY UNKNOWN ffff::1 ::1 1 2\r\n"))).isEqualTo(ProxyHeader.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "2111000c cb007109 c0000201 dc04 01bb, 203.0.113.9:56324",
        "2111000f cb007109 c0000201 dc04 01bb 040000, 203.0.113.9:56324", // with a further value
        "21210024 20010db8000000000000000000000007 00000000000000000000000000000001 0001 0002, [2001:db8:0:0:0:0:0:7]:1",
        "20000000, 0.0.0.0:0", // the proxy for itself
        "2011000c cb007109 c0000201 dc04 01bb, 0.0.0.0:0",
        "21000000, 0.0.0.0:0",
    })
    void read_version2_namesTheClientAndLeavesWhatFollows(String rest, String client) {
        ByteBuf bytes = hex(SIGNATURE + rest.replace(" ", "") + "47");

        InetSocketAddress found = client(bytes);
        String address = found.getAddress().getHostAddress();
        assertThat((address.contains(":") ? "[" + address + "]" : address) + ":" + found.getPort())
                .isEqualTo(client);
        assertThat(bytes.readableBytes()).isOne();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n",
                "PROXY TCP4 203.0.113.9 192.0.2.1 56324\r\n",
                "PROXY TCP4 203.0.113.999 192.0.2.1 1 2\r\n",
                "PROXY TCP4 203.0.113.9 192.0.2.1 70000 2\r\n",
                "PROXY TCP4 203.0.113.9 192.0.2.1 1 2\n",
                "PROXY UDP4 203.0.113.9 192.0.2.1 1 2\r\n",
                "POST / HTTP/1.1\r\n",
                "\r\n\r\nx",
            })
    void read_whatIsNone_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ProxyHeader.read(text(text)));
    }

    @Test
    void read_moreThanAnyProxySends_isRefused() {
        assertThat(ProxyHeader.read(text("PROXY " + "x".repeat(100)))).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> ProxyHeader.read(text("PROXY " + "x".repeat(101))));
        assertThatIllegalArgumentException()
                .as("longer than the limit")
                .isThrownBy(() -> ProxyHeader.read(hex(SIGNATURE + "2111ffff")));
        assertThatIllegalArgumentException()
                .as("too short for its addresses")
                .isThrownBy(() -> ProxyHeader.read(hex(SIGNATURE + "21110004cb007109")));
        assertThatIllegalArgumentException()
                .as("another version")
                .isThrownBy(() -> ProxyHeader.read(hex(SIGNATURE + "31110000")));
    }

    @Test
    void read_pieces_waitsForTheRest() {
        for (ByteBuf whole : new ByteBuf[] {
            text("PROXY TCP4 203.0.113.9 192.0.2.1 56324 443\r\n"), hex(SIGNATURE + "2111000ccb007109c0000201dc0401bb")
        }) {
            for (int length = 0; length < whole.readableBytes(); length++) {
                ByteBuf piece = whole.slice(0, length);
                assertThat(ProxyHeader.read(piece)).as("%d bytes", length).isEmpty();
                assertThat(piece.readerIndex()).isZero();
            }
        }
    }

    @Test
    void read_rubbish_isRefusedOrAwaited() {
        Random random = new Random(15);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = ByteBufUtil.decodeHexDump(SIGNATURE + "2111000ccb007109c0000201dc0401bb");
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            try {
                ProxyHeader.read(Unpooled.wrappedBuffer(bytes));
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessage("no header of the PROXY protocol");
            }
        }
    }
}
