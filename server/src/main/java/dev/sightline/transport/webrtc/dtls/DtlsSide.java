package dev.sightline.transport.webrtc.dtls;

import java.io.IOException;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;

/** This side of one DTLS 1.2 handshake, out of which come the keys for SRTP (RFC 5764). */
interface DtlsSide {

    /** Shakes hands; waits for each packet of the other side. */
    DTLSTransport shake(DatagramTransport wire) throws IOException;

    /** What has come of it. */
    DtlsOutcome outcome();
}
