package dev.sightline.source.file;

import dev.sightline.source.Source;
import dev.sightline.source.SourceOptions;
import dev.sightline.source.SourceScheme;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.Set;

/** Addresses of files: a path as it is, {@code file:PATH}, or {@code file:///PATH}. */
public final class FileScheme implements SourceScheme {
    private static final String PREFIX = "file:";

    /** The one scheme of files. */
    public FileScheme() {}

    @Override
    public Set<String> names() {
        return Set.of("file");
    }

    /** The file of an address; a relative path is meant from the working folder. */
    @Override
    public Source source(String address, SourceOptions options) {
        boolean prefixed = address.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
        String path = prefixed ? address.substring(PREFIX.length()) : address;
        if (path.isBlank()) {
            throw new IllegalArgumentException("'" + address + "' names no file; write file:clip.mp4, for example");
        }
        return new FileSource(address, path(prefixed, path, address), options);
    }

    private static Path path(boolean prefixed, String path, String address) {
        try {
            return prefixed && path.startsWith("//") ? Path.of(URI.create(PREFIX + path)) : Path.of(path);
        } catch (IllegalArgumentException | FileSystemNotFoundException failure) {
            throw new IllegalArgumentException("'" + address + "' names no file: " + failure.getMessage(), failure);
        }
    }
}
