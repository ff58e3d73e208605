package dev.sightline.testkit.webrtc;

import java.net.InetSocketAddress;

/**
 * Where a description says that its writer can be reached.
 *
 * @param tcp whether by TCP instead of UDP
 * @param address address and port
 */
public record Candidate(boolean tcp, InetSocketAddress address) {

    /** Reads what stands behind {@code a=candidate:}. */
    static Candidate parse(String text) {
        String[] words = text.split(" ");
        return new Candidate(
                words[2].equalsIgnoreCase("tcp"), new InetSocketAddress(words[4], Integer.parseInt(words[5])));
    }
}
