package dev.sightline.source;

import dev.sightline.config.Nearest;
import java.util.Optional;
import java.util.Set;

/** An address has an unknown scheme. */
public final class UnknownSchemeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    UnknownSchemeException(String address, Set<String> known) {
        super(message(address, SourceSchemes.schemeOf(address), known));
    }

    private static String message(String address, String name, Set<String> known) {
        // The part before the colon may be a user name.
        boolean login = address.indexOf('@') >= 0 && !address.contains("://");
        String what = login
                ? "'" + AddressMask.address(address) + "' names no kind of source"
                : "unknown source '" + name + ":'";
        Optional<String> cure = AddressHint.of(address);
        return what
                + cure.map(text -> ": " + text).orElse(login ? "" : Nearest.hint(name, known))
                + "; known are " + String.join(", ", known);
    }
}
