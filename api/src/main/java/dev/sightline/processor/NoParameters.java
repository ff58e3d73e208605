package dev.sightline.processor;

/** The parameters of a processor that takes none. */
public record NoParameters() {}
