package dev.sightline.transport.webrtc.rtp;

/**
 * One packet of a feed, without the parts that differ between viewers.
 *
 * @param index its number in the feed
 * @param payload not to be changed
 * @param marker whether it is its frame's last
 * @param captureNanos when its frame was captured
 */
record FeedPacket(long index, byte[] payload, boolean marker, long captureNanos) {}
