package dev.sightline;

import dev.sightline.config.ConfigException;
import dev.sightline.http.Need;
import dev.sightline.http.Response;
import dev.sightline.http.Routes;
import dev.sightline.http.StaticResources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The pages and files that an embedding program serves next to its streams. */
final class ProgramPages {
    private static final Pattern PLACEHOLDER = Pattern.compile("##([A-Z0-9_]+)##");

    private final Routes routes = new Routes();

    Routes routes() {
        return routes;
    }

    void page(String path, Path file, Supplier<Map<String, String>> values) {
        StaticResources folder =
                StaticResources.in(file.toAbsolutePath().resolve("..").normalize());
        String name = file.getFileName().toString();
        if (folder.bytes(name).isEmpty()) {
            throw new ConfigException(
                    "the page for " + path + " is missing: there is no file " + file + " that could be served");
        }
        routes.get(path, request -> folder.serve(request, name, text -> filled(text, values.get())))
                .needs(path, Need.login());
    }

    void files(String path, Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new ConfigException("the files for " + path + " are missing: there is no folder " + folder);
        }
        routes.resources(path, StaticResources.in(folder), Need.login());
    }

    void redirect(String path, String address) {
        routes.get(path, request -> Response.redirect(address)).needs(path, Need.login());
    }

    /** Replaces each known placeholder; an unknown one stays in the text. */
    private static String filled(String text, Map<String, String> values) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group())));
    }
}
