package dev.sightline.source.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RtspMessageTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            RTP/AVP;unicast;client_port=5-6;server_port=7-8           | RTP/AVP;unicast;client_port=5-6;server_port=7-8;source=192.0.2.7
            RTP/AVP;unicast;server_port=7-8;ssrc=1                    | RTP/AVP;unicast;server_port=7-8;ssrc=1;source=192.0.2.7
            RTP/AVP;unicast;source=192.0.2.9;server_port=7-8          | RTP/AVP;unicast;source=192.0.2.9;server_port=7-8
            RTP/AVP;unicast;server_port=7-8; source=192.0.2.9         | RTP/AVP;unicast;server_port=7-8; source=192.0.2.9
            RTP/AVP;unicast;source=127.0.0.1;server_port=7-8          | RTP/AVP;unicast;server_port=7-8;source=192.0.2.7
            RTP/AVP;unicast;server_port=7-8; source=localhost ;ssrc=1 | RTP/AVP;unicast;server_port=7-8;ssrc=1;source=192.0.2.7
            RTP/AVP/TCP;unicast;interleaved=0-1                       | RTP/AVP/TCP;unicast;interleaved=0-1
            """)
    void withSource_namesItWhereDatagramsComeFromNoneThatIsAllowed(String transport, String expected)
            throws IOException {
        RtspMessage answer = read("RTSP/1.0 200 OK\r\nCSeq: 3\r\nTransport: " + transport + "\r\nSession: 1\r\n\r\n");

        assertThat(answer.withSource("192.0.2.7", "192.0.2.9"::equals).headers("Transport"))
                .containsExactly(expected);
        assertThat(answer.withSource("192.0.2.7", "192.0.2.9"::equals).text()).endsWith("\r\nSession: 1\r\n\r\n");
    }

    @Test
    void without_aHeader_hasTheOthers() throws IOException {
        RtspMessage answer =
                read("RTSP/1.0 401 No\r\nWWW-Authenticate: Basic\r\nCSeq: 3\r\nwww-authenticate: Digest a=b\r\n\r\n");

        assertThat(answer.without("WWW-Authenticate").text()).isEqualTo("RTSP/1.0 401 No\r\nCSeq: 3\r\n\r\n");
    }

    private static RtspMessage read(String text) throws IOException {
        return RtspMessage.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
