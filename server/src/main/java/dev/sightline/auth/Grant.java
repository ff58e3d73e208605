package dev.sightline.auth;

import dev.sightline.access.Action;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A right on some streams: {@code watch door-*}.
 *
 * @param action what is allowed
 * @param streams a stream's name, in which an asterisk stands for any characters
 */
public record Grant(Action action, String streams) {
    private static final String ALL = "*";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_*-]{1,64}");

    /** Everything. */
    public static final Grant ADMIN = new Grant(Action.ADMIN, ALL);

    /**
     * Reads {@code ACTION STREAMS}; without streams it is for all.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static Grant of(String text) {
        String[] words = text.strip().split("\\s+", -1);
        Optional<Action> action = Arrays.stream(Action.values())
                .filter(each -> each.word().equals(words[0]))
                .findFirst();
        String streams = words.length == 2 ? words[1] : ALL;
        if (action.isEmpty() || words.length > 2 || !NAME.matcher(streams).matches()) {
            throw new IllegalArgumentException(
                    "a right is an action, and the streams it is for: watch door-*; actions are "
                            + Arrays.stream(Action.values()).map(Action::word).collect(Collectors.joining(", ")));
        }
        if (action.get() == Action.ADMIN && !streams.equals(ALL)) {
            throw new IllegalArgumentException("admin is a right on everything, not on some streams; control is");
        }
        return new Grant(action.get(), streams);
    }

    /** Whether it allows this. */
    boolean allows(Action wanted, String stream) {
        return action.includes(wanted) && matches(streams, stream);
    }

    /** Goes back to the last asterisk only, so that no pattern takes long. */
    private static boolean matches(String pattern, String name) {
        int at = 0;
        int star = -1;
        int retry = 0;
        int i = 0;
        while (i < name.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                retry = i;
            } else if (at < pattern.length() && pattern.charAt(at) == name.charAt(i)) {
                at++;
                i++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++retry;
            } else {
                return false;
            }
        }
        return pattern.substring(at).chars().allMatch(each -> each == '*');
    }

    @Override
    public String toString() {
        return action == Action.ADMIN ? action.word() : action.word() + " " + streams;
    }
}
