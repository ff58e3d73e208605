package dev.sightline.stream;

import dev.sightline.processor.ViewerInput;
import dev.sightline.refusal.Excerpt;
import dev.sightline.refusal.RefusedException;
import dev.sightline.refusal.RefusedException.Reason;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads a viewer's input, {@code {name, seq?, x?, y?, …}}: flat and small, as a stranger may have written it. */
final class InputJson {
    /** The longest text with an input. */
    static final int MOST_CHARACTERS = 1024;

    private static final int MOST_VALUES = 16;
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_TEXT = 200;
    private static final JsonMapper JSON = JsonMapper.shared();

    private InputJson() {}

    /**
     * Parses JSON.
     *
     * @return the value as its parser gives it: objects as maps, numbers as {@link Number}
     * @throws RefusedException if it is too long or no JSON
     */
    static @Nullable Object parse(String text) throws RefusedException {
        if (text.length() > MOST_CHARACTERS) {
            throw malformed("it is longer than " + MOST_CHARACTERS + " characters");
        }
        try {
            return JSON.readValue(text, Object.class);
        } catch (JacksonException e) {
            throw malformed("it is no JSON");
        }
    }

    /**
     * Reads an input.
     *
     * @param said a value of JSON; a member {@code type} is the transport's, and left out
     * @throws RefusedException if it is no input; the message says why
     */
    static ViewerInput read(@Nullable Object said) throws RefusedException {
        if (!(said instanceof Map<?, ?> members)) {
            throw malformed("it is no object {name, seq, x, y, …}");
        }
        if (!(members.get("name") instanceof String name) || name.isEmpty() || name.length() > LONGEST_NAME) {
            throw malformed("name is a text of 1 to " + LONGEST_NAME + " characters");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (Map.Entry<?, ?> member : members.entrySet()) {
            String key = String.valueOf(member.getKey());
            if (!key.equals("name") && !key.equals("seq") && !key.equals("type")) {
                values.put(checked(key), value(key, member.getValue()));
            }
        }
        if (values.size() > MOST_VALUES) {
            throw malformed("it has more than " + MOST_VALUES + " values");
        }
        return new ViewerInput(name, seq(members), values);
    }

    private static long seq(Map<?, ?> members) throws RefusedException {
        Object said = members.containsKey("seq") ? members.get("seq") : Integer.valueOf(0);
        if (said instanceof Number seq && seq.doubleValue() == (double) seq.longValue() && seq.longValue() >= 0) {
            return seq.longValue();
        }
        throw malformed("seq is the number of the frame that was seen");
    }

    private static String checked(String key) throws RefusedException {
        if (key.length() > LONGEST_NAME) {
            throw malformed("'" + Excerpt.of(key) + "' is longer than " + LONGEST_NAME + " characters");
        }
        return key;
    }

    private static Object value(String key, @Nullable Object said) throws RefusedException {
        if (said instanceof Number number && Double.isFinite(number.doubleValue())) {
            double value = number.doubleValue();
            if ((key.equals("x") || key.equals("y")) && !(value >= 0 && value <= 1)) {
                throw malformed(key + " is a fraction of the picture, from 0 to 1");
            }
            return number instanceof Integer || number instanceof Long ? number : Double.valueOf(value);
        }
        if (said instanceof Boolean || said instanceof String text && text.length() <= LONGEST_TEXT) {
            return said;
        }
        throw malformed("'" + Excerpt.of(key) + "' is neither a number, nor true or false, nor a text of up to "
                + LONGEST_TEXT + " characters");
    }

    private static RefusedException malformed(String why) {
        return new RefusedException(Reason.MALFORMED, "an input cannot be read: " + why);
    }
}
