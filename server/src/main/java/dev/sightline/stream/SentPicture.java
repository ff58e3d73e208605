package dev.sightline.stream;

import java.util.Optional;

/**
 * A still image as its sender sent it.
 *
 * @param bytes meant to be a JPEG, PNG or WebP; not yet judged
 * @param from what its sender calls it, if it says
 */
public record SentPicture(byte[] bytes, Optional<SenderFrameId> from) {}
