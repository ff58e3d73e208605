package dev.sightline.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureTextTest {
    /** Not a multiple of three, so that there is padding; and every sextet is in it. */
    private static final byte[] BYTES = bytes();

    static Stream<String> forms() {
        String plain = Base64.getEncoder().encodeToString(BYTES);
        String python = lines("\n").encodeToString(BYTES) + "\n";
        return Stream.of(
                plain,
                " " + plain + "\r\n",
                Base64.getMimeEncoder().encodeToString(BYTES),
                python,
                lines("\r").encodeToString(BYTES),
                lines(" ").encodeToString(BYTES),
                lines("\r\n\t").withoutPadding().encodeToString(BYTES),
                Base64.getEncoder().withoutPadding().encodeToString(BYTES),
                Base64.getUrlEncoder().encodeToString(BYTES),
                Base64.getUrlEncoder().withoutPadding().encodeToString(BYTES));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void decode_asClientsWriteIt_isTheSame(String base64) throws Exception {
        assertThat(LenientBase64.decode(base64)).contains(BYTES);
        assertThat(LenientBase64.decode(base64.getBytes(StandardCharsets.US_ASCII)))
                .contains(BYTES);
        for (String before : new String[] {
            "",
            "data:image/jpg;base64,",
            "DATA:image/png;BASE64,",
            "data:;base64,",
            "data:base64,",
            "data:image/jpeg; base64 , ",
            "data:image/jpeg;charset=utf-8;name=" + "long".repeat(100) + ".jpg;base64,",
            "data:image/jpeg;base64;quality=90,"
        }) {
            assertThat(PictureText.decode(before + base64)).as(before).contains(BYTES);
        }
        String encoded = base64.replace("+", "%2B")
                .replace("/", "%2f")
                .replace("=", "%3D")
                .replace("\n", "%0A");
        assertThat(PictureText.decode("data:image/jpeg;base64," + encoded)).contains(BYTES);
    }

    @Test
    void decode_emptyCanvas_isNoPictureAndNoError() throws Exception {
        assertThat(PictureText.decode("data:,")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no base64!",
                "QUJD\u0141",
                "QUJ\u01c1D",
                "QUJDR",
                "QU=JD",
                "=",
                "QQ===",
                "data:image/png,abc",
                "data:image/png;base64",
                "data:image/png;base64,@@",
                "data:image/png;base64,QUJD%4",
                "data:image/png;base64,QUJD%zz"
            })
    void decode_otherText_isRefused(String text) {
        assertThatThrownBy(() -> PictureText.decode(text))
                .isInstanceOf(PictureException.class)
                .hasMessageStartingWith("this ");
    }

    @Test
    void decode_pythonsBytesAsText_isToldWhatToDo() {
        assertThatThrownBy(() -> PictureText.decode("b'/9j/4AAQ'")).hasMessageContaining(".decode()");
    }

    private static Base64.Encoder lines(String end) {
        return Base64.getMimeEncoder(76, end.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] bytes() {
        byte[] bytes = new byte[1000];
        new Random(1).nextBytes(bytes);
        return bytes;
    }
}
