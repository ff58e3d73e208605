package dev.sightline.source.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkedInputTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "3\r\npic\r\n4\r\nture\r\n0\r\n\r\n",
                "3\npic\n4\nture\n0\n\n",
                "3;a=b\r\npic\r\n4 ; c=\"d;e\"\r\nture\r\n0;f\r\nTrailer: x\r\n\r\n",
                "000000000000003\r\npic\r\n04\r\nture\r\n00\r\n",
                "7;;;\r\npicture\r\n0\r\n",
            })
    void read_chunks_areJoined(String body) throws Exception {
        assertThat(read(body)).isEqualTo("picture");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n",
                ";a=b\r\n",
                ";\r\n",
                "-1\r\nx",
                "+1\r\nx",
                "0x1\r\nx",
                "1 1\r\nx",
                "FFFFFFFFFFFFFFFF\r\nx",
                "123456789012345678901234567890\r\nx",
                "7FFFFFFFFFFFFFF\r\nx",
                "2\r\nx",
                "1\r\nx",
                "1\r\nx\r\n",
                "1\r\nx\r\n-1\r\ny",
            })
    void read_brokenChunks_areAPlainFailure(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(IOException.class);
    }

    @Test
    void read_endlessSize_isRefused() {
        assertThatThrownBy(() -> read("1".repeat(1 << 20)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("64 KiB");
    }

    private static String read(String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
        return new String(
                new ChunkedInput(new ByteArrayInputStream(bytes)).readAllBytes(), StandardCharsets.ISO_8859_1);
    }
}
