package dev.sightline.transport.webrtc.dtls;

import java.io.IOException;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;

/** One side of a DTLS 1.2 handshake, which produces the keys for SRTP (RFC 5764). */
interface DtlsSide {

    /** Runs the handshake; blocks for each packet of the other side. */
    DTLSTransport shake(DatagramTransport wire) throws IOException;

    /** The result. */
    DtlsOutcome outcome();
}
