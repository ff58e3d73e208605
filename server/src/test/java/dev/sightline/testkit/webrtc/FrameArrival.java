package dev.sightline.testkit.webrtc;

/**
 * A picture that came over the network, whole or not.
 *
 * @param rtpTimestamp 0 to 2<sup>32</sup> - 1, at 90 kHz
 * @param keyframe whether it needs no earlier one
 * @param whole whether every packet of it came, and of all before it since a keyframe
 * @param packets how many came
 * @param bytes their sizes together, as they were on the wire
 * @param firstNanos when the first came, as {@link System#nanoTime}
 * @param lastNanos when the last came
 * @param data the encoded picture; empty if it is not whole or only headers are read
 */
public record FrameArrival(
        long rtpTimestamp,
        boolean keyframe,
        boolean whole,
        int packets,
        int bytes,
        long firstNanos,
        long lastNanos,
        byte[] data) {}
