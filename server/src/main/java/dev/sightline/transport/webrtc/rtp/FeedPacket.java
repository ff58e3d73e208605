package dev.sightline.transport.webrtc.rtp;

/**
 * One packet of a feed, without what differs from viewer to viewer.
 *
 * @param index its number in the feed
 * @param payload not to be changed
 * @param marker whether it is its picture's last
 * @param captureNanos when its picture was captured
 */
record FeedPacket(long index, byte[] payload, boolean marker, long captureNanos) {}
