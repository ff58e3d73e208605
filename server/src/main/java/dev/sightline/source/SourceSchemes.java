package dev.sightline.source;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the scheme of an address; an address without one is a file. */
public final class SourceSchemes {
    /** Two letters at least, so that {@code C:\clip.mp4} is a file. */
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):.*", Pattern.DOTALL);

    private final List<SourceScheme> schemes;
    private final Set<String> further;

    /** Takes the schemes that exist. */
    public SourceSchemes(List<SourceScheme> schemes) {
        this(schemes, Set.of());
    }

    /**
     * Takes the schemes that exist.
     *
     * @param further names that messages should know, but which are not sources
     */
    public SourceSchemes(List<SourceScheme> schemes, Set<String> further) {
        this.schemes = List.copyOf(schemes);
        this.further = Set.copyOf(further);
    }

    /**
     * The source of an address.
     *
     * @throws IllegalArgumentException if no scheme has that name, or the address is invalid or not allowed
     */
    public Source source(String address, SourceOptions options) {
        String name = schemeOf(address);
        SourceScheme found = schemes.stream()
                .filter(scheme -> scheme.names().contains(name))
                .findFirst()
                .orElseThrow(() -> new UnknownSchemeException(address, names()));
        options.egress().ifPresent(rule -> found.requireAllowed(address, options.folder(), rule));
        return found.source(address, options);
    }

    /** The scheme of an address in lower case; {@code file} if it has none. */
    public static String schemeOf(String address) {
        Matcher matcher = SCHEME.matcher(address.strip());
        return matcher.matches() ? matcher.group(1).toLowerCase(Locale.ROOT) : "file";
    }

    /** All names, sorted. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>(further);
        schemes.forEach(scheme -> names.addAll(scheme.names()));
        return names;
    }
}
