package dev.sightline.app;

import dev.sightline.config.ConfigException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A user's Java file, compiled against the library into a cache that outlives the process: the same text is compiled once. */
final class SourceFile {
    private static final Pattern PACKAGE = Pattern.compile("^\\s*package\\s+([\\w.]+)\\s*;", Pattern.MULTILINE);

    private final Path file;
    private final String text;

    private SourceFile(Path file, String text) {
        this.file = file;
        this.text = text;
    }

    /**
     * The file at a path.
     *
     * @throws ConfigException if it cannot be read
     */
    static SourceFile of(Path file) {
        try {
            return new SourceFile(file, Files.readString(file));
        } catch (IOException e) {
            throw new ConfigException(
                    Files.exists(file) ? file + " cannot be read: " + e.getMessage() : "there is no file " + file);
        }
    }

    /** The name of the class with the file's name. */
    String className() {
        String simple = file.getFileName().toString().replaceFirst("\\.java$", "");
        Matcher matcher = PACKAGE.matcher(text);
        return matcher.find() ? matcher.group(1) + "." + simple : simple;
    }

    /**
     * The folder with the compiled classes.
     *
     * @throws ConfigException with the compiler's messages if the file cannot be compiled
     */
    Path compile() {
        Path folder = cache().resolve(key());
        if (Files.isDirectory(folder)) {
            return folder;
        }
        try {
            Files.createDirectories(folder.getParent());
            Path fresh = Files.createTempDirectory(folder.getParent(), "compiling");
            compileInto(fresh);
            moveOrKeep(fresh, folder);
            return folder;
        } catch (IOException e) {
            throw new ConfigException("the cache for compiled files cannot be written: " + e);
        }
    }

    private void compileInto(Path folder) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new ConfigException("compiling " + file + " needs a JDK; this Java has no compiler");
        }
        DiagnosticCollector<JavaFileObject> words = new DiagnosticCollector<>();
        List<String> options = List.of(
                "-d", folder.toString(), "-cp", classPath(), "-parameters", "-proc:none", "--release", "17", "-nowarn");
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            boolean compiled = compiler.getTask(null, files, words, options, null, files.getJavaFileObjects(file))
                    .call();
            if (!compiled) {
                throw new ConfigException(file + " cannot be compiled: " + errors(words.getDiagnostics()));
            }
        }
    }

    /** The compiler's own messages, one per line. */
    private static String errors(List<Diagnostic<? extends JavaFileObject>> words) {
        return words.stream()
                .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
                .map(each -> (each.getLineNumber() > 0 ? "line " + each.getLineNumber() + ": " : "")
                        + each.getMessage(Locale.ENGLISH)
                                .replaceAll("\\s+", " ")
                                .replace("java.lang.", ""))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    /** If another process was faster, its result is used. */
    private static void moveOrKeep(Path fresh, Path folder) throws IOException {
        try {
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }

    private String key() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
            digest.update(text.getBytes(StandardCharsets.UTF_8));
            digest.update(library().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Identifies what it is compiled against: another build of the library may differ under the same version. */
    private static String library() {
        return Version.TEXT
                + Arrays.stream(classPath().split(File.pathSeparator))
                        .map(part -> part + new File(part).lastModified())
                        .collect(Collectors.joining("\n"));
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }

    private static Path cache() {
        String configured = System.getenv("XDG_CACHE_HOME");
        Path base = configured == null || configured.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(configured);
        return base.resolve("sightline").resolve("compiled");
    }
}
