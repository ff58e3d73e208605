package dev.sightline.app;

import dev.sightline.config.ConfigException;
import dev.sightline.source.SourceSchemes;
import dev.sightline.stream.StreamRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A SOURCE of the command line: an address, optionally preceded by a name.
 *
 * @param name the stream's name, given or derived
 * @param address the source's address
 * @param given whether the name was given
 */
record NamedSource(String name, String address, boolean given) {
    private static final Pattern NAMED = Pattern.compile("([A-Za-z0-9_-]{1,64})=(.+)", Pattern.DOTALL);
    /** No name before a source, or no source after a name; no file is called so. */
    private static final Pattern MISNAMED =
            Pattern.compile("([^:=]*)=(?:(?:camera|file|https?|mirror|pattern|publish|rtsps?):.*)?", Pattern.DOTALL);

    private static final int LONGEST_NAME = 60;

    /** The streams of the arguments, in order, each with a unique name. */
    static Map<String, String> all(List<String> arguments) {
        Map<String, String> streams = new LinkedHashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            NamedSource source = of(arguments.get(i), i + 1);
            String name = source.name();
            if (source.given() && streams.containsKey(name)) {
                throw new ConfigException("two sources are named '" + name + "': give each a name of its own");
            }
            for (int number = 2; streams.containsKey(name); number++) {
                name = source.name() + number;
            }
            streams.put(name, source.address());
        }
        return streams;
    }

    private static NamedSource of(String argument, int position) {
        refuseMisnamed(argument);
        Matcher matcher = NAMED.matcher(argument);
        return matcher.matches()
                ? new NamedSource(matcher.group(1), matcher.group(2), true)
                : new NamedSource(derived(argument, position), argument, false);
    }

    private static void refuseMisnamed(String argument) {
        Matcher misnamed = MISNAMED.matcher(argument);
        if (!misnamed.matches()) {
            return;
        }
        try {
            StreamRegistry.checkName(misnamed.group(1));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
        if (misnamed.end(1) == argument.length() - 1) {
            throw new ConfigException(
                    "'" + argument + "' names no source; one is for example " + argument + "camera:0");
        }
    }

    private static String derived(String address, int position) {
        return switch (SourceSchemes.schemeOf(address)) {
            case "camera" -> "camera";
            case "file" -> stem(address).orElse("stream" + position);
            default -> "stream" + position;
        };
    }

    private static Optional<String> stem(String address) {
        // Not a Path: whether it is a valid one is checked later.
        String name =
                address.replaceFirst("^file:", "").replaceFirst("(?s)^.*/", "").replaceFirst("\\.[^.]*$", "");
        String plain = name.replaceAll("[^A-Za-z0-9_-]+", "-").replaceAll("^-+|-+$", "");
        return Optional.of(plain.substring(0, Math.min(plain.length(), LONGEST_NAME)))
                .filter(text -> !text.isEmpty());
    }
}
