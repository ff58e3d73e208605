package dev.sightline.bench.load;

/**
 * How often one kind of users came.
 *
 * @param who they are
 * @param made visits from coming to going
 * @param failed those who could not come, or not stay
 * @param lastFailure why; empty if none failed
 */
public record Visits(String who, long made, long failed, String lastFailure) {}
