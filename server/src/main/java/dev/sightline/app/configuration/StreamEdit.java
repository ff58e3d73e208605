package dev.sightline.app.configuration;

import dev.sightline.admin.Configuration.Edit;
import dev.sightline.config.ConfigException;
import dev.sightline.config.MergePatch;
import dev.sightline.config.Node;
import dev.sightline.config.Redaction;
import dev.sightline.http.Problem;
import dev.sightline.http.ProblemException;
import dev.sightline.refusal.RefusedException;
import dev.sightline.stream.StreamRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An edit of the control API, applied to what is in force.
 *
 * @param edit what to change
 */
record StreamEdit(Edit edit) {
    /** The stream that is edited; empty for an edit of something else. */
    static Optional<String> stream(Edit edit) {
        return edit instanceof Edit.OfStream of ? Optional.of(of.stream()) : Optional.empty();
    }

    /** Whether it makes a stream that is missing. */
    static boolean makes(Edit edit) {
        return edit instanceof Edit.Create || edit instanceof Edit.Replace;
    }

    /** What is configured then. */
    Document applied(ConfigurationState state) {
        Document document = state.document();
        if (edit instanceof Edit.Profile profile) {
            return document.withProfile(profile.name());
        }
        String name = stream(edit).orElseThrow();
        Optional<Node> present = document.stream(name);
        ApiWrites writes = new ApiWrites(state.judged().processors());
        return settings(name, present, state.redaction())
                .map(wanted -> writes.checked(wanted, present, document.writtenStream(name)))
                .map(settings -> document.with(name, settings))
                .orElseGet(() -> document.without(name));
    }

    /** The stream's settings after the edit; empty if it is deleted. */
    private Optional<Node> settings(String name, Optional<Node> present, Redaction redaction) {
        StreamSettings masks = new StreamSettings(redaction);
        if (edit instanceof Edit.Create create) {
            if (present.isPresent()) {
                throw new ProblemException(Problem.of(409, "there is a stream '" + name + "' already"));
            }
            return Optional.of(fresh(name, create.settings()));
        }
        if (edit instanceof Edit.Replace replace) {
            Node given = fresh(name, replace.settings());
            return Optional.of(
                    masks.unmasked(given, present.map(StreamSettings::listed).orElse(null)));
        }
        Node node = present.orElseThrow(() -> unknown(name));
        if (edit instanceof Edit.Patch patch) {
            Node given = StreamSettings.node(patch.settings());
            return Optional.of(MergePatch.apply(node, masks.unmasked(given, StreamSettings.listed(node))));
        }
        if (edit instanceof Edit.PatchStep step) {
            return Optional.of(StreamSettings.withSteps(node, patched(node, step, masks)));
        }
        if (edit instanceof Edit.DeleteStep step) {
            List<Node> steps = new ArrayList<>(StreamSettings.steps(node));
            steps.remove(index(steps, step.stream(), step.step()));
            return Optional.of(StreamSettings.withSteps(node, steps));
        }
        return Optional.empty();
    }

    private static Node fresh(String name, Map<String, Object> settings) {
        try {
            StreamRegistry.checkName(name);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
        return StreamSettings.node(settings);
    }

    private static List<Node> patched(Node stream, Edit.PatchStep step, StreamSettings masks) {
        List<Node> steps = new ArrayList<>(StreamSettings.steps(stream));
        int index = index(steps, step.stream(), step.step());
        Node present = steps.get(index);
        String processor = StreamSettings.nameOf(present).orElseThrow();
        Node parameters = present instanceof Node.Mapping mapping
                ? mapping.entries().getOrDefault(processor, new Node.Empty(present.place()))
                : new Node.Empty(present.place());
        Node given = masks.unmasked(StreamSettings.node(step.parameters()), parameters);
        Node merged = MergePatch.apply(parameters, given);
        steps.set(index, new Node.Mapping(Map.of(processor, merged), present.place()));
        return steps;
    }

    private static int index(List<Node> steps, String stream, String step) {
        List<String> names = steps.stream()
                .map(StreamSettings::nameOf)
                .flatMap(Optional::stream)
                .toList();
        int index = step.matches("\\d{1,4}") ? Integer.parseInt(step) : names.indexOf(step);
        if (index < 0 || index >= steps.size()) {
            throw new ProblemException(Problem.of(
                    404,
                    "stream '" + stream + "' has no such step; it has "
                            + (names.isEmpty() ? "none" : String.join(", ", names) + ", counted from 0")));
        }
        if (names.indexOf(step) != names.lastIndexOf(step)) {
            throw new ProblemException(Problem.of(
                    409, "stream '" + stream + "' has several steps '" + step + "'; give the number, counted from 0"));
        }
        return index;
    }

    private static ProblemException unknown(String name) {
        return new ProblemException(Problem.of(RefusedException.unknownStream(name, List.of())));
    }
}
