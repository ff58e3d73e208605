package dev.sightline.transport.webrtc.sdp;

import dev.sightline.transport.webrtc.parameters.IceCredentials;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Any text is a description or a fragment, or is refused; and whatever is agreed on can be answered and read again. */
public final class SdpFuzz {
    private static final LocalParameters OURS = new LocalParameters(
            new IceCredentials("ours", "our-password-of-22-and-more"),
            "sha-256 " + Offers.DIGEST,
            List.of("candidate:1 1 udp 1 192.0.2.1 8190 typ host"),
            1,
            2,
            3,
            "cn");

    private static final List<String> COMPLETE = Offers.CHROMIUM_SENDS.lines().toList();

    private SdpFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        try {
            Fragment.parse(text);
        } catch (SdpException e) {
            // said so
        }
        answer(text);
        // Random text seldom hits on all that an offer needs: it also takes the place of a line of one that is
        // complete.
        if (input.length > 0) {
            int line = Byte.toUnsignedInt(input[0]) % COMPLETE.size();
            List<String> lines = new ArrayList<>(COMPLETE);
            lines.set(line, text.substring(1));
            answer(String.join("\n", lines));
        }
    }

    private static void answer(String text) {
        String answer;
        int sections;
        try {
            RemoteDescription offer = RemoteDescription.parse(text);
            sections = offer.sections().size();
            answer = LocalDescription.answer(
                    offer, Negotiation.judge(offer, Purpose.PUBLISH_AND_WATCH, CodecPreferences.ANY), OURS);
        } catch (SdpException e) {
            return;
        }
        try {
            if (RemoteDescription.parse(answer).sections().size() != sections) {
                throw new AssertionError("the answer has other sections than the offer:\n" + answer);
            }
        } catch (SdpException e) {
            throw new AssertionError("our own answer cannot be read:\n" + answer, e);
        }
    }
}
