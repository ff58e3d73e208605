package dev.sightline.transport.webrtc.parameters;

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
    @ValueSource(strings = {"sha-256", "SHA-384", "sha-512"})
    void parse_eachHash_matchesItsCertificateAlone(String hash) throws Exception {
        byte[] digest = MessageDigest.getInstance(hash).digest(CERTIFICATE);
        String text = hash + " " + HexFormat.ofDelimiter(":").formatHex(digest);

        Fingerprint read = Fingerprint.parse(text).orElseThrow();

        assertThat(read.matches(CERTIFICATE)).isTrue();
        assertThat(read.matches(new byte[] {1, 2, 4})).isFalse();
    }

    @Test
    void toString_isWhatAnSdpHas() {
        Fingerprint made = Fingerprint.sha256(CERTIFICATE);

        assertThat(made.toString()).matches("sha-256 ([0-9A-F]{2}:){31}[0-9A-F]{2}");
        assertThat(Fingerprint.parse(made.toString())).contains(made);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "md5 AB", "sha-1 zz:zz:zz:zz:zz:zz:zz:zz:zz:zz:zz:zz:zz:zz:zz:zz:zz:zz:zz:zz"})
    void parse_hashThatNobodyShouldTrust_isEmpty(String text) {
        assertThat(Fingerprint.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha-256", "sha-256 AB:CD", "sha-256 AB CD"})
    void parse_digestOfAnotherLength_isRefused(String text) {
        assertThatThrownBy(() -> Fingerprint.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a sha-256 digest");
    }
}
