package dev.sightline.app.configuration;

import dev.sightline.config.ConfigException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
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
public final class SourceFile {
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
    public static SourceFile of(Path file) {
        try {
            return new SourceFile(file, Files.readString(file));
        } catch (IOException e) {
            throw new ConfigException(
                    Files.exists(file) ? file + " cannot be read: " + e.getMessage() : "there is no file " + file);
        }
    }

    /** The name of the class with the file's name. */
    public String className() {
        String simple = file.getFileName().toString().replaceFirst("\\.java$", "");
        Matcher matcher = PACKAGE.matcher(text);
        return matcher.find() ? matcher.group(1) + "." + simple : simple;
    }

    /**
     * The folder with the compiled classes.
     *
     * @throws ConfigException with the compiler's messages if the file cannot be compiled
     */
    public Path compile() {
        String key = key();
        return CompiledCache.find(key)
                .orElseGet(() -> compileInto(CompiledCache.folder().resolve(key)));
    }

    private Path compileInto(Path folder) {
        try {
            Files.createDirectories(folder.getParent());
            Path fresh = Files.createTempDirectory(folder.getParent(), "compiling");
            compileClasses(fresh);
            moveOrKeep(fresh, folder);
            CompiledCache.used(folder);
            return folder;
        } catch (IOException e) {
            throw new ConfigException("the cache for compiled files cannot be written: " + e);
        }
    }

    private void compileClasses(Path folder) throws IOException {
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
        return Digest.of(file.getFileName().toString(), text, library());
    }

    /**
     * Identifies what it is compiled against: another build of the library may differ under the same version. Workers, which
     * have another working folder, find the same.
     */
    private static String library() {
        return Arrays.stream(classPath().split(File.pathSeparator))
                .map(part -> new File(part).getAbsoluteFile())
                .map(part -> part.toString() + part.lastModified())
                .collect(Collectors.joining("\n"));
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }
}
