package dev.sightline.http;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Parses lists with commas between their elements, as in header fields (RFC 9110, section 5.6.1) and in queries. */
public final class CommaSeparated {
    /** The rest counts as one element: a client's list may be long. */
    private static final int MOST = 64;

    private CommaSeparated() {}

    /** The elements in order, without the white space around them; empty ones are left out. */
    public static List<String> of(String text) {
        return Arrays.stream(text.split(",", MOST))
                .map(String::strip)
                .filter(element -> !element.isEmpty())
                .toList();
    }

    /** The elements of all texts, for header fields that come more than once. */
    public static List<String> of(Collection<String> texts) {
        return texts.stream().flatMap(text -> of(text).stream()).toList();
    }
}
