package dev.sightline.http.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MachineNamesTest {
    private static final MachineNames SOME = new MachineNames(Set.of("localhost"), Set.of("127.0.0.1"));

    @Test
    void present_knowsTheLoopback() {
        MachineNames present = MachineNames.present();
        assertThat(present.names()).contains("localhost");
        assertThat(present.addresses()).contains("127.0.0.1", "0:0:0:0:0:0:0:1").noneMatch(each -> each.contains("%"));
        assertThat(present.include(MachineNames.present())).isTrue();
    }

    @Test
    void with_namesAndAddresses_areToldApart() {
        MachineNames more = SOME.with(List.of("Cam.Example.org", "192.0.2.7", "2001:db8::7"));
        assertThat(more.names()).containsExactly("cam.example.org", "localhost");
        assertThat(more.addresses()).containsExactly("127.0.0.1", "192.0.2.7", "2001:db8:0:0:0:0:0:7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "-x", "https://cam", "1.2.3.4.5", "x_y", "", "*.lan"})
    void with_whatIsNoName_isTold(String word) {
        assertThatThrownBy(() -> SOME.with(List.of(word)))
                .isInstanceOf(TlsException.class)
                .hasMessageContaining("'" + word + "'");
    }

    @Test
    void lanAddress_listeningToItself_isNone() throws Exception {
        assertThat(MachineNames.lanAddress(InetAddress.getByName("127.0.0.1"))).isEmpty();
        InetAddress one = InetAddress.getByName("192.0.2.7");
        assertThat(MachineNames.lanAddress(one)).contains(one);
    }
}
