package dev.sightline.app.configuration;

import dev.sightline.config.Nodes;
import dev.sightline.config.Redaction;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What is configured at one moment. Immutable.
 *
 * @param document what is written
 * @param judged what is in force
 * @param redaction what must not be shown of it
 * @param revision grows with each change, from 1
 * @param since when it was applied
 * @param problems of the file as it is now; empty if it is in force
 * @param restart what of it takes effect after a restart only, in words
 */
record ConfigurationState(
        Document document,
        JudgedConfig judged,
        Redaction redaction,
        long revision,
        Instant since,
        List<String> problems,
        List<String> restart) {

    /** Before the start. */
    static ConfigurationState first(Document document, JudgedConfig judged, Redaction redaction) {
        return new ConfigurationState(document, judged, redaction, 0, Instant.now(), List.of(), List.of());
    }

    /** After a change. */
    ConfigurationState applied(Next next, List<String> later) {
        return new ConfigurationState(
                next.document(), next.judged(), next.redaction(), revision + 1, Instant.now(), next.problems(), later);
    }

    /** Whether the next one says nothing else. */
    boolean says(Next next) {
        return problems.equals(next.problems())
                && Objects.equals(
                        Nodes.plain(document.root()),
                        Nodes.plain(next.document().root()))
                && document.profile().equals(next.document().profile())
                && document.changes().keySet().equals(next.document().changes().keySet());
    }

    /** After the file was found wrong. */
    ConfigurationState refused(List<String> found) {
        return new ConfigurationState(document, judged, redaction, revision, since, found, restart);
    }

    /**
     * What is to be in force.
     *
     * @param problems of the file, which may be wrong meanwhile
     */
    record Next(Document document, JudgedConfig judged, Redaction redaction, List<String> problems) {}
}
