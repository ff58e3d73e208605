package dev.sightline.transport.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.transport.socketio.Packet.Type;
import dev.sightline.transport.socketio.engine.MalformedPacketException;
import dev.sightline.transport.socketio.engine.Payloads;
import dev.sightline.transport.socketio.engine.Wire;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PacketTest {
    private static final int MAX_BYTES = 1_000;
    private static final byte[] BYTES = {1, 2, 3};

    static Stream<Packet> packets() {
        return Stream.of(
                new Packet(Type.CONNECT, "/", OptionalLong.empty(), null),
                new Packet(Type.CONNECT, "/room", OptionalLong.empty(), Map.of("token", "x")),
                new Packet(Type.DISCONNECT, "/room", OptionalLong.empty(), null),
                new Packet(Type.EVENT, "/", OptionalLong.empty(), List.of("e")),
                new Packet(
                        Type.EVENT, "/a", OptionalLong.of(17), Arrays.asList("e", 1, null, 1.5, true, "1-/,[äöü€😀")),
                new Packet(Type.EVENT, "/", OptionalLong.of(0), List.of("e", BYTES, Map.of("a", List.of(BYTES, "x")))),
                new Packet(Type.ACK, "/", OptionalLong.of(Long.MAX_VALUE / 10), List.of()),
                new Packet(Type.ACK, "/a", OptionalLong.of(5), List.of(new byte[0], "x")));
    }

    @ParameterizedTest
    @MethodSource("packets")
    void packet_encodedAndDecoded_isTheSame(Packet packet) throws Exception {
        Optional<Packet> back = decoded(PacketEncoder.encode(packet));

        assertThat(back).isPresent();
        assertThat(back.get()).usingRecursiveComparison().isEqualTo(packet);
    }

    @Test
    void event_withAttachments_isOneTextAndThenTheBytesInOrder() {
        Wire wire = PacketEncoder.encode(
                new Packet(Type.EVENT, "/a", OptionalLong.of(7), List.of("e", BYTES, ByteBuffer.wrap(new byte[] {9}))));

        assertThat(new String(wire.payload(), StandardCharsets.UTF_8))
                .isEqualTo("452-/a,7[\"e\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]"
                        + "\u001ebAQID\u001ebCQ==");
        assertThat(wire.payload()).isSameAs(wire.payload());
    }

    @Test
    void elevenAttachments_cannotBeSent() {
        List<Object> items = new ArrayList<>(Collections.nCopies(11, BYTES));
        items.add(0, "e");
        Packet packet = new Packet(Type.EVENT, "/", OptionalLong.empty(), items);

        assertThatThrownBy(() -> PacketEncoder.encode(packet))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 10");
    }

    @Test
    void whatJsonCannotSay_cannotBeSent() {
        List<Object> endless = new ArrayList<>();
        endless.add(endless);
        Packet packet = new Packet(Type.EVENT, "/", OptionalLong.empty(), List.of("e", endless));

        assertThatThrownBy(() -> PacketEncoder.encode(packet)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "7",
                "2",
                "2{}",
                "2[]",
                "2[1]",
                "2[null]",
                "2[\"disconnect\"]",
                "3[]",
                "31{}",
                "1[]",
                "0[]",
                "4{}",
                "5[\"e\"]",
                "5-[\"e\"]",
                "511-[\"e\"]",
                "5999999999999-[\"e\"]",
                "2[\"e\"",
                "2[\"e\"]]",
                "2nul",
                "21234567890123456789[\"e\"]",
                "61-[]",
                "2[\"e\",NaN]"
            })
    void malformed_isRefused(String text) {
        assertThatThrownBy(() -> new PacketDecoder(MAX_BYTES).text(text)).isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void limits_areHeldBeforeMemoryIsTaken() throws Exception {
        assertThatThrownBy(() -> new PacketDecoder(MAX_BYTES).text("2[\"e\"" + ",0".repeat(200_000) + "]"))
                .isInstanceOf(MalformedPacketException.class);
        assertThatThrownBy(
                        () -> new PacketDecoder(MAX_BYTES).text("2[\"e\"," + "[".repeat(200) + "]".repeat(200) + "]"))
                .isInstanceOf(MalformedPacketException.class);
        assertThatThrownBy(() -> new PacketDecoder(MAX_BYTES).text("2/" + "a".repeat(300) + ",[\"e\"]"))
                .isInstanceOf(MalformedPacketException.class);

        PacketDecoder decoder = new PacketDecoder(MAX_BYTES);
        decoder.text("52-[\"e\"]");
        decoder.binary(new byte[900]);
        assertThatThrownBy(() -> decoder.binary(new byte[100]))
                .isInstanceOf(MalformedPacketException.class)
                .hasMessageContaining("1000 bytes");
    }

    private static Optional<Packet> decoded(Wire wire) throws MalformedPacketException {
        PacketDecoder decoder = new PacketDecoder(MAX_BYTES);
        Optional<Packet> packet = Optional.empty();
        for (Object part : Payloads.packets(wire.payload())) {
            assertThat(packet).isEmpty();
            packet = part instanceof byte[] bytes ? decoder.binary(bytes) : decoder.text(((String) part).substring(1));
        }
        return packet;
    }
}
