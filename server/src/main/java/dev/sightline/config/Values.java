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
 * <code>${file:secret.txt}</code> the text of a file, <code>${credential:NAME}</code> that of a credential of systemd. A second
 * dollar sign before the brace escapes it.
 */
public final class Values {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)(\\}?)");
    private static final Pattern NAME = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?", Pattern.DOTALL);
    private static final String FILE = "file:";
    private static final String CREDENTIAL = "credential:";
    /** The folder of a service's credentials, set by systemd (systemd.exec(5), LoadCredential). */
    private static final String CREDENTIALS = "CREDENTIALS_DIRECTORY";

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
    public Node fill(Node.Scalar scalar, Problems problems) {
        if (!scalar.text().contains("${")) {
            return scalar;
        }
        Matcher references = REFERENCE.matcher(scalar.text());
        StringBuilder filled = new StringBuilder();
        StringBuilder shown = new StringBuilder();
        boolean faulty = false;
        int from = 0;
        while (references.find()) {
            String between = scalar.text().substring(from, references.start());
            from = references.end();
            try {
                Value value = references.group(1) == null
                        ? new Value("${", "${")
                        : value(references.group(1), !references.group(2).isEmpty(), problems.redaction());
                filled.append(between).append(value.text());
                shown.append(between).append(value.reference());
            } catch (IllegalArgumentException e) {
                problems.add(scalar.place(), String.valueOf(e.getMessage()));
                faulty = true;
            }
        }
        String rest = scalar.text().substring(from);
        return faulty ? new Node.Faulty(scalar.place()) : new Node.Scalar(filled + rest, scalar.place(), shown + rest);
    }

    private Value value(String reference, boolean closed, Redaction redaction) {
        Matcher name = NAME.matcher(reference);
        boolean file = reference.startsWith(FILE) || reference.startsWith(CREDENTIAL);
        if (!closed || !file && !name.matches()) {
            throw new IllegalArgumentException(
                    "'${" + reference + (closed ? "}" : "") + "' is none of ${NAME},"
                            + " ${NAME:-otherwise}, ${file:PATH} and ${credential:NAME}; write $${ for the characters themselves");
        }
        if (file) {
            Value value = new Value(text(path(reference), reference), "${" + reference + "}");
            redaction.hide(value.text(), value.reference());
            return value;
        }
        String shown = "${" + name.group(1) + "}";
        Optional<String> value = environment.apply(name.group(1)).filter(text -> !text.isEmpty());
        value.ifPresent(text -> redaction.hide(text, shown));
        return value.or(() -> Optional.ofNullable(name.group(2)))
                .map(text -> new Value(text, shown))
                .orElseThrow(() -> new IllegalArgumentException("the environment variable " + name.group(1)
                        + " is not set; set it, or write ${" + name.group(1) + ":-otherwise}"));
    }

    private String path(String reference) {
        if (reference.startsWith(FILE)) {
            return reference.substring(FILE.length());
        }
        String name = reference.substring(CREDENTIAL.length());
        if (name.isBlank() || name.contains("/") || name.startsWith(".")) {
            throw new IllegalArgumentException("'" + name + "' in ${" + reference + "} is no name of a credential");
        }
        return environment
                .apply(CREDENTIALS)
                .filter(text -> !text.isEmpty())
                .map(text -> text + "/" + name)
                .orElseThrow(
                        () -> new IllegalArgumentException("there are no credentials for ${" + reference + "}: systemd"
                                + " sets " + CREDENTIALS + " for a service with LoadCredential=" + name + ":PATH"));
    }

    private String text(String name, String reference) {
        try {
            Path file = folder.resolve(name);
            files.add(file.toAbsolutePath());
            if (!Files.isRegularFile(file)) {
                throw new IllegalArgumentException("there is no file " + file + " for ${" + reference + "}");
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

    /**
     * What a reference stands for.
     *
     * @param text the value
     * @param reference as it may be shown, without a default
     */
    private record Value(String text, String reference) {}
}
