package dev.sightline.pipeline;

import java.util.Map;

/**
 * What a user is told of a processor.
 *
 * @param name as in configurations
 * @param description one sentence: what it does
 * @param parameters the JSON Schema of its parameters
 */
public record ProcessorDescription(String name, String description, Map<String, Object> parameters) {}
