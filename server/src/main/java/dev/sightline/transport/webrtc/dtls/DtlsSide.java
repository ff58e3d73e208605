package dev.sightline.transport.webrtc.dtls;

import dev.sightline.transport.webrtc.parameters.SrtpKeyingMaterial;
import java.io.IOException;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;

/** This side of one DTLS 1.2 handshake, out of which come the keys for SRTP (RFC 5764). */
interface DtlsSide {

    /** Shakes hands; waits for each packet of the other side. */
    DTLSTransport shake(DatagramTransport wire) throws IOException;

    /** What media is protected with; there once the handshake is done. */
    SrtpKeyingMaterial keys();

    /** Whether the peer has said that it ends, or that it cannot go on. */
    boolean ended();

    /** Why the handshake failed, if it was for a reason that is known: a part of a sentence, else empty. */
    String complaint();
}
