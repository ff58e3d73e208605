package dev.sightline.transport.webrtc.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.transport.webrtc.parameters.IceCredentials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FragmentTest {
    private static final String CREDENTIALS = "a=ice-ufrag:EsAw\r\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r\n";
    private static final String CANDIDATE =
            "a=candidate:1387637174 1 udp 2122260223 192.0.2.1 61764 typ host generation 0 ufrag EsAw\r\n";

    @Test
    void parse_trickledCandidates_standBesideTheCredentials() throws Exception {
        Fragment fragment = Fragment.parse(CREDENTIALS + "m=audio 9 RTP/AVP 0\r\na=mid:0\r\n" + CANDIDATE
                + "a=candidate:3471623853 1 tcp 1518283007 6f3a2c1e.local 9 typ host tcptype active\r\n"
                + "a=end-of-candidates\r\n");

        assertThat(fragment.candidates()).hasSize(2);
        assertThat(fragment.mids()).containsExactly("0");
        assertThat(fragment.complete()).isTrue();
        assertThat(fragment.credentials()).contains(new IceCredentials("EsAw", "P2uYro0UCOQ4zxjKXaWCBui1"));
    }

    @Test
    void parse_candidatesAlone_haveNoCredentials() throws Exception {
        Fragment fragment = Fragment.parse("m=video 9 RTP/AVP 0\r\na=mid:0\r\n" + CANDIDATE);
        assertThat(fragment.credentials()).isEmpty();
    }

    @Test
    void parse_credentialsInTheSection_areFound() throws Exception {
        assertThat(Fragment.parse("m=video 9 RTP/AVP 0\r\na=mid:0\r\n" + CREDENTIALS)
                        .credentials())
                .contains(new IceCredentials("EsAw", "P2uYro0UCOQ4zxjKXaWCBui1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | neither candidates nor credentials",
                "a=ice-ufrag:EsAw | neither candidates nor credentials",
                "garbage | line 1 is not a line of SDP",
                "a=candidate:nothing | this is not a candidate: nothing",
                "a=candidate:1 1 udp 2122260223 192.0.2.1 port typ host | this is not a candidate",
                "a=candidate:1 1 udp 21222602239 192.0.2.1 1 typ host | this is not a candidate",
            })
    void parse_malformed_saysWhatIsWrong(String text, String said) {
        assertThatThrownBy(() -> Fragment.parse(text))
                .isInstanceOf(SdpException.class)
                .hasMessageContaining(said);
    }

    @Test
    void parse_endlessCandidates_refused() {
        assertThatThrownBy(() -> Fragment.parse(CANDIDATE.repeat(257))).hasMessageContaining("more than 256");
    }
}
