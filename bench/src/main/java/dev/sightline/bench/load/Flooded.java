package dev.sightline.bench.load;

/**
 * What a flood got through.
 *
 * @param taken requests that were answered well, messages that were read, or connections that were made
 * @param refused requests that were answered otherwise
 * @param closed connections that could not be made, or that the server ended
 */
public record Flooded(long taken, long refused, long closed) {}
