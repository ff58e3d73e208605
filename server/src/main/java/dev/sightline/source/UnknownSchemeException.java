package dev.sightline.source;

import dev.sightline.config.Nearest;
import java.util.Set;

/** An address whose scheme names no kind of source. */
public final class UnknownSchemeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    UnknownSchemeException(String name, Set<String> known) {
        super("unknown source '" + name + ":'" + Nearest.hint(name, known) + "; known are " + String.join(", ", known));
    }
}
