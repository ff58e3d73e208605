package dev.sightline.source.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaylistTest {
    private static final WebAddress FROM = WebAddress.of("https://eve:pw@cam.example:8443/a/b/list.m3u8?token=1");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            seg.ts                    | https://cam.example:8443/a/b/seg.ts
            ../seg.ts?x=y             | https://cam.example:8443/a/seg.ts?x=y
            ../../../../seg.ts        | https://cam.example:8443/seg.ts
            /seg.ts                   | https://cam.example:8443/seg.ts
            //other.example/seg.ts    | https://other.example/seg.ts
            http://other.example/s.ts | http://other.example/s.ts
            ?part=2                   | https://cam.example:8443/a/b/list.m3u8?part=2
            file:///etc/passwd        | file:///etc/passwd
            concat:http://a/b         | concat:http://a/b
            """)
    void read_address_isAbsoluteAndWithoutALogin(String uri, String expected) throws IOException {
        assertThat(read("#EXTM3U\n#EXTINF:1,\r\n" + uri + "\n").text())
                .isEqualTo("#EXTM3U\n#EXTINF:1,\n" + expected + "\n");
    }

    @Test
    void read_addressesInTags_areAbsoluteToo() throws IOException {
        String text = "#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI=\"k$1?a\",IV=0x1\n#EXT-X-MAP:URI=\"/m\"\n";
        assertThat(read(text).text())
                .isEqualTo("#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI=\"https://cam.example:8443/a/b/k$1?a\",IV=0x1\n"
                        + "#EXT-X-MAP:URI=\"https://cam.example:8443/m\"\n");
    }

    @Test
    void read_namesOtherPlaylists_isMaster() throws IOException {
        assertThat(read("#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\na\n").master()).isTrue();
        assertThat(read("#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,URI=\"a\"\n").master())
                .isTrue();
        assertThat(read("#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:7\n#EXTINF:1,\na\n").master())
                .isFalse();
    }

    @Test
    void read_longKeyForManySegments_weighsWhatFfmpegTakesForIt() throws IOException {
        String key = "#EXT-X-KEY:METHOD=AES-128,URI=\"" + "k".repeat(3_000) + "\"\n";
        String text = "#EXTM3U\n" + key + "#EXTINF:1,\na\n".repeat(10_000);
        assertThat(text.length()).isLessThan(200_000);
        assertThat(read(text).weight()).isGreaterThan(30_000_000);
    }

    @Test
    void read_tooLongOrTooMany_isRefused() {
        assertThatThrownBy(() -> read("#EXTM3U\n" + "#\n".repeat(2 << 20 | 1)))
                .hasMessage("its playlist has more than 4 MiB");
        assertThatThrownBy(() -> read("#EXTM3U\n" + "#EXT-X-STREAM-INF:BANDWIDTH=1\na\n".repeat(33)))
                .hasMessage("its playlist names more than 32 others");
    }

    private static Playlist read(String text) throws IOException {
        return Playlist.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), FROM);
    }
}
