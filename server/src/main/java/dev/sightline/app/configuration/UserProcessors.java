package dev.sightline.app.configuration;

import dev.sightline.config.ConfigException;
import dev.sightline.config.Culprit;
import dev.sightline.config.RecordBinder;
import dev.sightline.processor.FrameProcessor;
import dev.sightline.processor.NoParameters;
import dev.sightline.processor.ProcessorFactory;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import java.util.jar.JarFile;

/**
 * Finds processors in jars and single Java files that a configuration names. A factory is used as it is; a plain {@link
 * FrameProcessor} with a constructor without parameters gets the name of its class, lower-case-dashed.
 */
final class UserProcessors {
    private UserProcessors() {}

    /**
     * The factories in a file.
     *
     * @param content identifies what it contains
     * @param preparation runs its code
     * @throws ConfigException if the file is missing, cannot be compiled, contains no processor, or one that cannot be made
     */
    static List<ProcessorFactory<?>> load(Path file, String content, Preparation preparation) {
        if (Files.isDirectory(file)) {
            throw new ConfigException("processors: " + file + " is a folder; name the jar or the Java file in it");
        }
        if (!Files.isReadable(file)) {
            throw new ConfigException("processors: there is no file " + file);
        }
        if (!file.toString().endsWith(".java") && !file.toString().endsWith(".jar")) {
            throw new ConfigException(
                    "processors: " + file + " is neither a jar nor a Java file; processors that are built"
                            + " in need no file: name them under 'process' of a stream");
        }
        Supplier<List<ProcessorFactory<?>>> factories = factories(file);
        List<ProcessorFactory<?>> found = preparation.of(new Preparation.Work<>(
                file.getFileName() + "-loading", "processors: " + file, List.of(content), factories, late -> {}));
        if (found.isEmpty()) {
            throw new ConfigException("processors: " + file
                    + " holds no public FrameProcessor with a constructor without parameters, and no ProcessorFactory");
        }
        return found;
    }

    /** Compiling may take longer than the user's code may. */
    private static Supplier<List<ProcessorFactory<?>>> factories(Path file) {
        if (file.toString().endsWith(".java")) {
            Path classes = SourceFile.of(file).compile();
            return () -> factories(loader(classes), classNamesBelow(classes));
        }
        Path copy = copyOf(file);
        return () -> inJar(file, copy);
    }

    private static List<ProcessorFactory<?>> inJar(Path jar, Path copy) {
        URLClassLoader loader = loader(copy);
        List<ProcessorFactory<?>> factories = new ArrayList<>();
        try {
            for (ProcessorFactory<?> factory : ServiceLoader.load(ProcessorFactory.class, loader)) {
                if (factory.getClass().getClassLoader() == loader) {
                    factories.add(factory);
                }
            }
        } catch (ServiceConfigurationError | LinkageError e) {
            Throwable why = e.getCause() == null ? e : e.getCause();
            throw new ConfigException("processors: " + jar + " names a factory that cannot be made: "
                    + Culprit.describe(why, UserProcessors.class));
        }
        return factories.isEmpty() ? factories(loader, classNamesIn(copy, jar)) : factories;
    }

    private static Path copyOf(Path jar) {
        try {
            return CompiledCache.copyOf(jar);
        } catch (IOException e) {
            throw new ConfigException(
                    "processors: " + jar + " cannot be copied into the cache for compiled files: " + e);
        }
    }

    private static URLClassLoader loader(Path classes) {
        try {
            return new URLClassLoader(new URL[] {classes.toUri().toURL()}, UserProcessors.class.getClassLoader());
        } catch (MalformedURLException e) {
            throw new ConfigException("processors: " + classes + " has no URL: " + e.getMessage());
        }
    }

    private static List<String> classNamesIn(Path copy, Path jar) {
        try (JarFile open = new JarFile(copy.toFile())) {
            return open.stream()
                    .map(entry -> entry.getName())
                    .filter(UserProcessors::isClass)
                    .toList();
        } catch (IOException e) {
            throw new ConfigException("processors: " + jar + " is not a jar: " + e.getMessage());
        }
    }

    private static List<String> classNamesBelow(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .filter(UserProcessors::isClass)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ConfigException("processors: " + folder + " cannot be read: " + e.getMessage());
        }
    }

    private static boolean isClass(String entry) {
        return entry.endsWith(".class") && !entry.endsWith("module-info.class");
    }

    private static List<ProcessorFactory<?>> factories(ClassLoader loader, List<String> entries) {
        List<ProcessorFactory<?>> factories = new ArrayList<>();
        for (String entry : entries) {
            String name = entry.substring(0, entry.length() - ".class".length()).replace('/', '.');
            try {
                Class<?> type = Class.forName(name, false, loader);
                if (canBeMade(type) && ProcessorFactory.class.isAssignableFrom(type)) {
                    factories.add((ProcessorFactory<?>) make(type));
                } else if (canBeMade(type) && FrameProcessor.class.isAssignableFrom(type)) {
                    factories.add(new Wrapped(type.asSubclass(FrameProcessor.class)));
                }
            } catch (ClassNotFoundException | LinkageError e) {
                throw new ConfigException("processors: the class " + name + " cannot be loaded: "
                        + Culprit.describe(e, UserProcessors.class));
            }
        }
        return factories;
    }

    private static boolean canBeMade(Class<?> type) {
        int modifiers = type.getModifiers();
        if (!Modifier.isPublic(modifiers) || Modifier.isAbstract(modifiers) || type.isInterface()) {
            return false;
        }
        return Arrays.stream(type.getConstructors()).anyMatch(made -> made.getParameterCount() == 0);
    }

    private static Object make(Class<?> type) {
        try {
            return type.getConstructor().newInstance();
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new ConfigException(type.getName() + " cannot be made: " + Culprit.describe(e, UserProcessors.class));
        }
    }

    /** A processor without its own factory. */
    private record Wrapped(Class<? extends FrameProcessor> type) implements ProcessorFactory<NoParameters> {

        @Override
        public String name() {
            return RecordBinder.dashed(type.getSimpleName());
        }

        @Override
        public String description() {
            return "A processor of your own, " + type.getName() + ".";
        }

        @Override
        public Class<NoParameters> parameters() {
            return NoParameters.class;
        }

        @Override
        public FrameProcessor create(NoParameters parameters) {
            try {
                return type.getConstructor().newInstance();
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
