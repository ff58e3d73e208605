package dev.sightline.pipeline;

import java.util.Optional;

/**
 * One step of a pipeline at one moment.
 *
 * @param name the processor's name
 * @param processed pictures it worked on
 * @param failures pictures at which it threw
 * @param millis its time for one picture, a moving mean
 * @param lastFailure what it threw last
 * @param switchedOff whether it is switched off for a while because it failed too often
 */
public record ProcessorStatus(
        String name, long processed, long failures, double millis, Optional<String> lastFailure, boolean switchedOff) {}
