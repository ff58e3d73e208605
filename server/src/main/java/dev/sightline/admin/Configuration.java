package dev.sightline.admin;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.sightline.pipeline.ProcessorDescription;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** What is configured, and the way to change it while the server runs. Safe for use by any thread. */
public interface Configuration {

    /** What is in force, and what is wrong with the file. */
    Status status();

    /** The processors that streams may name, by name. */
    List<ProcessorDescription> processors();

    /** The settings of a stream; empty if there is none of that name. */
    Optional<Settings> stream(String name);

    /** The JSON Schema of the settings that a stream may have, by their keys as in the configuration file. */
    Map<String, Object> settingsSchema();

    /** The configured steps in order, those that are not enabled too. */
    List<Step> steps(String stream);

    /**
     * Makes a change, after those before it.
     *
     * @return complete when frames show it, or when there are none; failed with a {@link dev.sightline.http.ProblemException}, and
     *     nothing has changed then
     */
    CompletionStage<Void> change(Change change);

    /**
     * Opens a source for a moment, at most 10 s, to see whether frames come from it.
     *
     * @return complete with what came; failed with a {@link dev.sightline.http.ProblemException} that says why nothing did
     */
    CompletionStage<Probe> probe(String source);

    /** Tells the listener of every change, by another thread, until the returned action runs. */
    Runnable onEvent(Consumer<Event> listener);

    /**
     * What is in force.
     *
     * @param file the configuration file; empty if there is none
     * @param revision grows with each change
     * @param since when the last change was made
     * @param profile the profile in force; empty for none
     * @param profiles those that can be chosen
     * @param unkept the streams with changes that a restart undoes
     * @param problems of the file as it is, which is therefore not in force; empty if it is
     * @param restart what takes effect after a restart only, in words
     */
    @JsonTypeName("Configuration")
    record Status(
            Optional<String> file,
            long revision,
            Instant since,
            Optional<String> profile,
            List<String> profiles,
            List<String> unkept,
            List<String> problems,
            List<String> restart) {}

    /**
     * The settings of a stream.
     *
     * @param members as in the configuration file, without what is as by default; secrets masked
     * @param tag changes whenever they do
     */
    record Settings(Map<String, Object> members, String tag) {}

    /**
     * One configured step.
     *
     * @param name the processor's
     * @param enabled whether it runs
     * @param parameters all of them; secrets masked
     */
    record Step(String name, boolean enabled, Map<String, Object> parameters) {}

    /**
     * A change.
     *
     * @param edit what to change
     * @param ifMatch the tag that the stream's settings must have; empty for any, {@code *} for any that exist
     * @param keep whether it is written into the file
     */
    record Change(Edit edit, Optional<String> ifMatch, boolean keep) {}

    /** What to change. */
    sealed interface Edit {

        /** Something of one stream. */
        sealed interface OfStream extends Edit {
            /** The stream's name. */
            String stream();
        }

        /** A new stream. */
        record Create(String stream, Map<String, Object> settings) implements OfStream {}

        /** All settings of a stream, which need not exist. */
        record Replace(String stream, Map<String, Object> settings) implements OfStream {}

        /** Some settings of a stream (JSON Merge Patch, RFC 7396). */
        record Patch(String stream, Map<String, Object> settings) implements OfStream {}

        /** A stream is no more. */
        record Delete(String stream) implements OfStream {}

        /** Some parameters of one step, which is named, or counted from 0; or {@code enabled}. */
        record PatchStep(String stream, String step, Map<String, Object> parameters) implements OfStream {}

        /** One step is no more. */
        record DeleteStep(String stream, String step) implements OfStream {}

        /** Another profile; an empty name for none. */
        record Profile(String name) implements Edit {}
    }

    /**
     * What came from a source.
     *
     * @param source its address, secrets masked
     * @param width in pixels
     * @param height in pixels
     * @param codec of the frames; empty if the source gives them raw
     * @param fps frames per second; empty if there were too few to tell
     * @param picture one of them as a JPEG in Base64, at most 640 pixels wide
     */
    record Probe(String source, int width, int height, Optional<String> codec, Optional<Double> fps, String picture) {}

    /**
     * What happened.
     *
     * @param type {@code applied} or {@code refused}
     * @param data for JSON
     */
    record Event(String type, Map<String, Object> data) {}
}
