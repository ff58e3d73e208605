package dev.sightline.http.openapi;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one method at one address promises (OpenAPI's Operation Object). The parameters in its path need not be named here.
 *
 * @param tag groups it with others
 * @param id its unique name, for generated clients
 * @param summary what it does or answers, a phrase
 * @param parameters those in the query and the header
 * @param body what it takes; empty for nothing
 * @param answers by status; those that every address may give need not be named
 */
public record Operation(
        String tag,
        String id,
        String summary,
        List<Parameter> parameters,
        Optional<Content> body,
        Map<Integer, Answer> answers) {

    /** Copies the collections. */
    public Operation {
        parameters = List.copyOf(parameters);
        answers = Collections.unmodifiableMap(new LinkedHashMap<>(answers));
    }

    /** One that takes and answers nothing yet. */
    public static Operation of(String tag, String id, String summary) {
        return new Operation(tag, id, summary, List.of(), Optional.empty(), Map.of());
    }

    /** The same with a parameter more. */
    public Operation with(Parameter parameter) {
        List<Parameter> more = new ArrayList<>(parameters);
        more.add(parameter);
        return new Operation(tag, id, summary, more, body, answers);
    }

    /** The same with a body, which it must have. */
    public Operation takes(Content content) {
        return new Operation(tag, id, summary, parameters, Optional.of(content), answers);
    }

    /** The same with 200 and this content. */
    public Operation answers(Content content) {
        return answers(200, new Answer("The answer.", Optional.of(content), Map.of()));
    }

    /** The same with an answer more. */
    public Operation answers(int status, Answer answer) {
        Map<Integer, Answer> more = new LinkedHashMap<>(answers);
        more.put(status, answer);
        return new Operation(tag, id, summary, parameters, body, more);
    }

    /** The same with a problem more (RFC 9457). */
    public Operation refuses(int status, String why) {
        return answers(status, Answer.problem(why));
    }

    /**
     * A parameter in the query or the header.
     *
     * @param in {@code query} or {@code header}
     * @param name as it is written there
     * @param description what it does
     * @param schema of its value
     */
    public record Parameter(String in, String name, String description, Map<String, Object> schema) {}

    /**
     * An answer.
     *
     * @param description when it comes
     * @param content its body; empty for none
     * @param headers what a header field of it means, by name
     */
    public record Answer(String description, Optional<Content> content, Map<String, String> headers) {

        /** One without a body. */
        public static Answer empty(String description) {
            return new Answer(description, Optional.empty(), Map.of());
        }

        /** A problem (RFC 9457). */
        static Answer problem(String description) {
            return new Answer(description, Optional.of(Content.PROBLEM), Map.of());
        }

        /** The same with a header field. */
        public Answer withHeader(String name, String meaning) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(name, meaning);
            return new Answer(description, content, more);
        }
    }
}
