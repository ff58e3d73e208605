package dev.sightline.source.file;

import dev.sightline.source.AddressHint;
import dev.sightline.source.AddressMask;
import dev.sightline.source.EgressRule;
import dev.sightline.source.Source;
import dev.sightline.source.SourceOptions;
import dev.sightline.source.SourceScheme;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Addresses of files: a plain path, {@code file:PATH}, or {@code file:///PATH}. */
public final class FileScheme implements SourceScheme {
    private static final String PREFIX = "file:";

    public FileScheme() {}

    @Override
    public Set<String> names() {
        return Set.of("file");
    }

    /**
     * The file of an address; a relative path starts at the options' folder.
     *
     * @throws IllegalArgumentException if it cannot be a path, or there is no such file and the text looks like another kind of
     *     address
     */
    @Override
    public Source source(String address, SourceOptions options) {
        boolean prefixed = isPrefixed(address);
        Path file = file(address, options.folder());
        Optional<String> cure = prefixed || Files.exists(file) ? Optional.empty() : AddressHint.of(address);
        cure.ifPresent(words -> {
            throw new IllegalArgumentException("there is no file '" + AddressMask.address(address) + "': " + words);
        });
        return new FileSource(AddressMask.address(address), file, options);
    }

    private static boolean isPrefixed(String address) {
        return address.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
    }

    private static Path file(String address, Path folder) {
        boolean prefixed = isPrefixed(address);
        String path = prefixed ? address.substring(PREFIX.length()) : address;
        if (path.isBlank()) {
            throw new IllegalArgumentException("'" + address + "' names no file; write file:clip.mp4, for example");
        }
        return folder.resolve(path(prefixed, path, address));
    }

    /** Of a link, the file it leads to counts. What may be another kind of address is refused as such first. */
    @Override
    public void requireAllowed(String address, Path folder, EgressRule rule) {
        if (!isPrefixed(address)) {
            AddressHint.of(address).ifPresent(words -> {
                throw new IllegalArgumentException("there is no file '" + AddressMask.address(address) + "': " + words);
            });
        }
        rule.requireFile(file(address, folder), folder);
    }

    private static Path path(boolean prefixed, String path, String address) {
        try {
            return prefixed && path.startsWith("//") ? Path.of(URI.create(PREFIX + path)) : Path.of(path);
        } catch (InvalidPathException failure) {
            throw new IllegalArgumentException(unfit(address) + ": " + reason(failure), failure);
        } catch (IllegalArgumentException | FileSystemNotFoundException failure) {
            throw new IllegalArgumentException(
                    unfit(address) + ": write file:PATH, or file:/// before a whole path", failure);
        }
    }

    private static String unfit(String address) {
        return "'" + AddressMask.address(address) + "' names no file";
    }

    private static String reason(InvalidPathException failure) {
        return failure.getReason().startsWith("Malformed input")
                ? "this system's language settings do not support these letters; set LC_ALL=C.UTF-8"
                : failure.getReason();
    }
}
