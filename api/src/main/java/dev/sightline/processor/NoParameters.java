package dev.sightline.processor;

/** The parameters of a processor that has none. */
public record NoParameters() {}
