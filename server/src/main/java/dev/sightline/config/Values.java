package dev.sightline.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills in values from elsewhere: <code>${NAME}</code> from the environment, <code>${NAME:-otherwise}</code> with a default,
 * <code>${file:secret.txt}</code> the text of a file. A second dollar sign before the brace escapes it.
 */
public final class Values {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)(\\}?)");
    private static final Pattern NAME = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?", Pattern.DOTALL);
    private static final String FILE = "file:";
    private static final long LARGEST = 64 * 1024;

    private final Function<String, Optional<String>> environment;
    private final Path folder;
    private final List<Path> files = new ArrayList<>();

    /**
     * Takes the origins of values.
     *
     * @param environment the variables
     * @param folder the base of relative paths of files
     */
    public Values(Function<String, Optional<String>> environment, Path folder) {
        this.environment = environment;
        this.folder = folder;
    }

    /** The files that values were taken from so far, or should have been. */
    public List<Path> files() {
        return List.copyOf(files);
    }

    /** Without an environment. */
    static Values none() {
        return new Values(name -> Optional.empty(), Path.of(""));
    }

    /** The scalar with everything filled in; problems go to the problems, possible secrets to their redaction. */
    Node fill(Node.Scalar scalar, Problems problems) {
        if (!scalar.text().contains("${")) {
            return scalar;
        }
        Matcher references = REFERENCE.matcher(scalar.text());
        StringBuilder filled = new StringBuilder();
        boolean faulty = false;
        while (references.find()) {
            String value;
            try {
                value = references.group(1) == null
                        ? "${"
                        : value(references.group(1), !references.group(2).isEmpty(), problems.redaction());
            } catch (IllegalArgumentException e) {
                problems.add(scalar.place(), String.valueOf(e.getMessage()));
                value = "";
                faulty = true;
            }
            references.appendReplacement(filled, Matcher.quoteReplacement(value));
        }
        references.appendTail(filled);
        return faulty ? new Node.Faulty(scalar.place()) : new Node.Scalar(filled.toString(), scalar.place());
    }

    private String value(String reference, boolean closed, Redaction redaction) {
        Matcher name = NAME.matcher(reference);
        boolean file = reference.startsWith(FILE);
        if (!closed || !file && !name.matches()) {
            throw new IllegalArgumentException("'${" + reference + (closed ? "}" : "") + "' is none of ${NAME},"
                    + " ${NAME:-otherwise} and ${file:PATH}; write $${ for the characters themselves");
        }
        if (file) {
            String text = text(reference.substring(FILE.length()));
            redaction.hide(text, "${" + reference + "}");
            return text;
        }
        Optional<String> value = environment.apply(name.group(1)).filter(text -> !text.isEmpty());
        value.ifPresent(text -> redaction.hide(text, "${" + name.group(1) + "}"));
        return value.or(() -> Optional.ofNullable(name.group(2)))
                .orElseThrow(() -> new IllegalArgumentException("the environment variable " + name.group(1)
                        + " is not set; set it, or write ${" + name.group(1) + ":-otherwise}"));
    }

    private String text(String name) {
        try {
            Path file = folder.resolve(name);
            files.add(file.toAbsolutePath());
            if (!Files.isRegularFile(file)) {
                throw new IllegalArgumentException("there is no file " + file + " for ${file:" + name + "}");
            }
            if (Files.size(file) > LARGEST) {
                throw new IllegalArgumentException(file + " is longer than the 64 KiB of a value");
            }
            return Files.readString(file).strip();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("'" + name + "' cannot be a file's name", e);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(folder.resolve(name) + " is not text in UTF-8", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(folder.resolve(name) + " cannot be read: check its permissions", e);
        }
    }
}
