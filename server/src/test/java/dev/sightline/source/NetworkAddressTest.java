package dev.sightline.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkAddressTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            rtsp://cam/live                               | rtsp://cam/live                              | cam    | cam
            rtsp://eve:s3cret@cam:554/live?x=1            | rtsp://***@cam:554/live?x=1                  | cam    | cam:554
            http://eve:a@s3cret:c@10.0.0.1:80             | http://***@10.0.0.1:80                       | 10.0.0.1 | 10.0.0.1:80
            http://[::1]:8080/a                           | http://[::1]:8080/a                          | ::1    | [::1]:8080
            http://cam:/a                                 | http://cam/a                                 | cam    | cam
            http://cam/snap.cgi?user=eve&pwd=s3cret&w=1   | http://cam/snap.cgi?user=***&pwd=***&w=1     | cam    | cam
            rtsp://cam/user=eve_password=s3cret_ch=1.sdp  | rtsp://cam/user=***                          | cam    | cam
            rtsp://cam/user=eve&password=a/s3cret&ch=1    | rtsp://cam/user=***&password=***&ch=1        | cam    | cam
            http://cam/a?token=s3cret#x                   | http://cam/a?token=***#***                   | cam    | cam
            http://cam/a?pwd=a#s3cret                     | http://cam/a?pwd=***#***                     | cam    | cam
            http://cam/a?pwd=a/s3cret?b                   | http://cam/a?pwd=***                         | cam    | cam
            http://cam/a?pwd=a&s3cret&w=1                 | http://cam/a?pwd=***&***&w=1                 | cam    | cam
            http://cam/a?pas%73word=s3cret                | http://cam/a?pas%73word=***                  | cam    | cam
            http://cam/a?loginuse=eve&loginpas=s3cret     | http://cam/a?loginuse=***&loginpas=***       | cam    | cam
            rtsp://cam/a?channel=1&authbasic=ZXZlOnMzY3JldA== | rtsp://cam/a?channel=1&authbasic=***     | cam    | cam
            https://cam/a?X-Amz-Date=1&X-Amz-Credential=s3cret&X-Amz-Signature=s3cret | https://cam/a?X-Amz-Date=1&X-Amz-Credential=***&X-Amz-Signature=*** | cam | cam
            https://cam/a?sv=2024-01-01&sig=s3cret%3D     | https://cam/a?sv=2024-01-01&sig=***          | cam    | cam
            http://cam/a?hdnea=exp=1~hmac=s3cret          | http://cam/a?hdnea=***                       | cam    | cam
            http://cam/a?mail=s3cret@b                    | http://cam/a?mail=***                        | cam    | cam
            http://cam:80/a?mail=s3cret@b                 | http://cam:80/a?mail=***                     | cam    | cam:80
            http://cam/eve:s3cret/a.jpg                   | http://cam/***/a.jpg                         | cam    | cam
            http://cam/eve:s3cret@x/a.jpg                 | http://cam/***@x/a.jpg                       | cam    | cam
            rtsps://cam:7441/GZkKJs3cretVbH9c?enableSrtp  | rtsps://cam:7441/***?enableSrtp              | cam    | cam:7441
            rtsp://cam/mp4:clip.mp4                       | rtsp://cam/mp4:clip.mp4                      | cam    | cam
            rtsp://cam/h264Preview_01_main                | rtsp://cam/h264Preview_01_main               | cam    | cam
            http://cam/?action=stream                     | http://cam/?action=stream                    | cam    | cam
            http://cam/video?resolution=640x480&fps=10    | http://cam/video?resolution=640x480&fps=10   | cam    | cam
            """)
    void masked_secrets_areGone(String address, String masked, String host, String hostAndPort) {
        NetworkAddress parts = NetworkAddress.of(address, "");
        assertThat(parts.masked()).isEqualTo(masked).doesNotContain("s3cret");
        assertThat(parts.host()).isEqualTo(host);
        assertThat(parts.hostAndPort()).isEqualTo(hostAndPort);
        assertThat(parts.toString()).doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            rtsp://eve:12345#s3cret@h/x    | 12345#s3cret | h   | rtsp://eve:12345%23s3cret@h/x
            rtsp://eve:s3@cr#s3cret@h/x    | s3@cr#s3cret | h   | rtsp://eve:s3%40cr%23s3cret@h/x
            http://eve:s3/cret@h:81/x      | s3/cret      | h   | http://eve:s3%2Fcret@h:81/x
            http://eve:s3?cret@h/x         | s3?cret      | h   | http://eve:s3%3Fcret@h/x
            http://eve:s3:cret@h/x         | s3:cret      | h   | http://eve:s3:cret@h/x
            http://eve:100%@h/x            | 100%         | h   | http://eve:100%25@h/x
            http://eve:s3%40cret@h/x?a=b@c | s3@cret      | h   | http://eve:s3%40cret@h/x?a=b@c
            http://eve:s3é+cret@h          | s3é+cret     | h   | http://eve:s3%C3%A9+cret@h
            http://eve:@h/x                | ""           | h   | http://eve:@h/x
            http://eve:s3'cret@h/x         | s3'cret      | h   | http://eve:s3%27cret@h/x
            http://eve:s3\\cret@h/x        | s3\\cret      | h   | http://eve:s3%5Ccret@h/x
            http://eve:<s3>`cret@h/x       | <s3>`cret    | h   | http://eve:%3Cs3%3E%60cret@h/x
            http://eve:s3’cret@h/a'b?c="<> | s3’cret      | h   | http://eve:s3%E2%80%99cret@h/a%27b?c=%22%3C%3E
            http://eve:99999/1@10.0.0.1/x  | 99999/1      | 10.0.0.1 | http://eve:99999%2F1@10.0.0.1/x
            """)
    void login_withWhatShouldBeEncoded_isReadUpToTheLastAt(
            String address, String password, String host, String secret) {
        NetworkAddress parts = NetworkAddress.of(address, "");
        assertThat(parts.login().orElseThrow()).isEqualTo(new NetworkAddress.Login("eve", password));
        assertThat(parts.login().orElseThrow().toString()).doesNotContain("eve");
        assertThat(parts.host()).isEqualTo(host);
        assertThat(parts.secret()).isEqualTo(secret);
        assertThat(parts.masked()).contains("://***@" + host);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            http://                           | http://cam/video
            http:cam                          | http://cam/video
            rtsp:///path                      | http://cam/video
            http://cam:port/                  | http://cam/video
            http://cam/a b                    | write a space in it as %20
            http://cam:70000/a                | a port is 1 to 65535
            http://cam:0/a                    | a port is 1 to 65535
            http://cam:99999999999/a          | http://cam/video
            http://eve:s3cret@cam:70000/      | a port is 1 to 65535
            http://eve:s3cret@cam:x/?token=s3cret | http://cam/video
            http://eve:s3cret                 | http://cam/video
            http://eve:s3 s3cret@cam/         | write a space
            http://eve:s3\u00a0s3cret@cam/    | write a space
            rtsp://eve:123/s3cret@cam/x       | / as %2F, # as %23
            rtsp://eve:s3@cret/s3cret@cam/x   | / as %2F, # as %23
            rtsp://eve:123?s3cret@cam/x       | ? as %3F
            rtsp://eve:s3/a@cam/x?mail=s3cret@b | @ as %40
            http://cam:8080/a@s3cret.jpg      | @ as %40
            """)
    void of_noAddressOrTwoAtOnce_saysWhatToWriteAndTellsNoSecret(String address, String words) {
        assertThatThrownBy(() -> NetworkAddress.of(address, "http://cam/video"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words)
                .hasMessageNotContainingAny("eve", "s3cret@", "/s3cret", "s3 ", "=s3cret", ":s3cret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Illegal character in authority at index 7: rtsp://eve:s3cret@h/x",
                "Connect to https://h/x?a=1&token=s3cret failed",
                "'http://eve:s3 c@s3cret@h/x' is wrong",
                "opening \"mjpeg://eve:s3cret@h\" and 'http://b/eve:s3cret/x'",
                "no host in eve:s3cret@10.0.0.1/x",
                "rtsp:/eve:s3cret@h",
                "...http://eve:s3cret@h/x and --rtsp://h/eve:s3cret/x",
                "1http://eve:s3 s3cret@h/x",
                "(eve:s3cret@cam.local)",
                "a:1/b:2@30,eve:s3cret@cam"
            })
    void text_ofSomebodyElse_keepsTheSecrets(String text) {
        assertThat(AddressMask.text(text)).doesNotContain("s3cret").contains("***");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a", "/", "@", ":", "a:", "a:/", "a-", "a@", "a:b@", "a=", "?a=", "&", "1", ".", "-", "a://", "a\"",
                "://a@", "a:/ ", "A1a"
            })
    void text_ofAnyLength_takesTimeInProportion(String piece) {
        for (String end : List.of("", "@", "=", ":", "@h", " a://b:c@h")) {
            long quarter = leastNanos(piece.repeat(2_000 / piece.length()) + end);
            long whole = leastNanos(piece.repeat(8_000 / piece.length()) + end);
            assertThat(whole)
                    .as("time for four times as many of '%s', then '%s'", piece, end)
                    .isLessThan(10 * quarter + 3_000_000);
        }
    }

    private static long leastNanos(String text) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            long start = threads.getCurrentThreadCpuTime();
            AddressMask.text(text);
            least = Math.min(least, threads.getCurrentThreadCpuTime() - start);
        }
        return least;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "there is no file '/a/b@2x.mp4'",
                "12:30:05 info  x: 3 of 4",
                "https://h/live/demo is up",
                "as in pattern:1280x720@30 or camera:0:1280x720@30",
                "stream 'a': http://h:80/a/b, 3 of 4"
            })
    void text_withoutSecrets_staysAsItIs(String text) {
        assertThat(AddressMask.text(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"rtsp://me:a%0d%0aX-Y:%20z@cam/x", "http://m%0Ae:s3cret@cam/x", "http://me:s3cret%00@cam/x"})
    void of_controlCharacterForARequest_isRefused(String address) {
        assertThatThrownBy(() -> NetworkAddress.of(address, ""))
                .hasMessageContaining("no control characters")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void text_whatAServerRepeats_isMasked() {
        NetworkAddress.of("http://eve:pq%2Fr7xyz@cam/UniF1k3yUniF1k3y/x?token=tk77-a9", "")
                .concealed();

        assertThat(AddressMask.text("it says pq/r7xyz, pq%2Fr7xyz, ZXZlOnBxL3I3eHl6, UniF1k3yUniF1k3y and tk77-a9"))
                .isEqualTo("it says ***, ***, ***, *** and ***");
        assertThat(AddressMask.text("GET /x Authorization: Digest username=eve, response=5f3a"))
                .isEqualTo("GET /x Authorization: Digest ***");
    }
}
