package dev.sightline.transport.webrtc.sdp;

/** So much of what somebody sent as can stand in a sentence. */
final class Excerpt {
    private static final int LONGEST = 60;

    private Excerpt() {}

    static String of(String text) {
        String line = text.strip().replaceAll("\\p{Cntrl}", "?");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
