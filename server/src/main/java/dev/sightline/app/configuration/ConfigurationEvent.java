package dev.sightline.app.configuration;

import java.util.List;

/** What happened to the configuration. */
sealed interface ConfigurationEvent {

    /**
     * It was applied.
     *
     * @param revision the new one
     * @param streams what happened to which streams
     */
    record Applied(long revision, StreamChanges.Summary streams) implements ConfigurationEvent {}

    /**
     * The file is wrong, and what was before stays in force.
     *
     * @param problems one a line, with their places
     */
    record Refused(List<String> problems) implements ConfigurationEvent {}
}
