package dev.sightline.transport.webrtc.sdp;

import java.util.regex.Pattern;

/**
 * What a side signs its connectivity checks with (RFC 8839 section 5.4).
 *
 * @param ufrag 4 to 256 characters
 * @param password 22 to 256 characters
 */
public record IceCredentials(String ufrag, String password) {
    private static final Pattern UFRAG = Pattern.compile("[!-~]{4,256}");
    private static final Pattern PASSWORD = Pattern.compile("[!-~]{22,256}");

    static IceCredentials parse(String ufrag, String password) throws SdpException {
        if (!UFRAG.matcher(ufrag).matches() || !PASSWORD.matcher(password).matches()) {
            throw SdpException.malformed("ice-ufrag has 4 to 256 characters, and ice-pwd 22 to 256");
        }
        return new IceCredentials(ufrag, password);
    }
}
