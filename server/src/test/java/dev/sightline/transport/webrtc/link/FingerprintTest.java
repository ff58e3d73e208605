package dev.sightline.transport.webrtc.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {
    private static final byte[] CERTIFICATE = {1, 2, 3};

    @ParameterizedTest
    @ValueSource(strings = {"sha-1", "sha-256", "SHA-384", "sha-512"})
    void parse_eachKind_matchesItsCertificateAlone(String kind) throws Exception {
        byte[] hash = MessageDigest.getInstance(kind).digest(CERTIFICATE);
        String text = kind + " " + HexFormat.ofDelimiter(":").formatHex(hash);

        assertThat(Fingerprint.parse(text).matches(CERTIFICATE)).isTrue();
        assertThat(Fingerprint.parse(text).matches(new byte[] {1, 2, 4})).isFalse();
    }

    @Test
    void toString_isWhatAnSdpHas() {
        Fingerprint made = Fingerprint.sha256(CERTIFICATE);

        assertThat(made.toString()).matches("sha-256 ([0-9A-F]{2}:){31}[0-9A-F]{2}");
        assertThat(Fingerprint.parse(made.toString()).matches(CERTIFICATE)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sha-256",
                "sha-256 AB:CD",
                "md5 AB",
                "sha-1 zz:zz:zz:zz:zz:zz:zz:zz:zz:zz:zz:zz:zz:zz:zz:zz:zz:zz:zz:zz"
            })
    void parse_anythingElse_isRefused(String text) {
        assertThatThrownBy(() -> Fingerprint.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no fingerprint");
    }
}
