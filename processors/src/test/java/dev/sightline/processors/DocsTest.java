package dev.sightline.processors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.processor.Parameter;
import dev.sightline.processor.ProcessorFactory;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler.CompilationTask;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That docs/4-processing.md says what the code says. */
class DocsTest {
    private static final Path PAGE = Path.of("..", "docs", "4-processing.md");
    private static final Pattern JAVA = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CLASS = Pattern.compile("public (?:final )?class (\\w+)");

    @Test
    void page_describesEveryProcessorAndParameter_asTheCodeDoes() throws IOException {
        String page = Files.readString(PAGE);
        for (ProcessorFactory<?> factory : BuiltIns.all()) {
            assertThat(page).contains("### " + factory.name() + "\n\n" + factory.description());
            assertThat(page).as("the parameters of " + factory.name()).contains(table(factory));
        }
    }

    @Test
    void page_showsOnlyCodeThatCompiles(@TempDir Path folder) throws IOException {
        List<String> examples = JAVA.matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group(1))
                .filter(code -> CLASS.matcher(code).find())
                .toList();
        assertThat(examples).hasSizeGreaterThanOrEqualTo(2);
        for (String code : examples) {
            MatchResult named = CLASS.matcher(code).results().findFirst().orElseThrow();
            StringWriter errors = new StringWriter();
            CompilationTask task = ToolProvider.getSystemJavaCompiler()
                    .getTask(
                            errors,
                            null,
                            null,
                            List.of("-d", folder.toString(), "-cp", System.getProperty("java.class.path")),
                            null,
                            List.of(source(named.group(1), code)));
            assertThat(task.call()).as(errors.toString()).isTrue();
        }
    }

    private static String table(ProcessorFactory<?> factory) {
        List<RecordComponent> parameters = BuiltIns.parameters(factory);
        if (parameters.isEmpty()) {
            return "";
        }
        return parameters.stream()
                .map(DocsTest::row)
                .collect(Collectors.joining("", "| parameter | default | values | |\n| --- | --- | --- | --- |\n", ""));
    }

    private static String row(RecordComponent component) {
        Parameter parameter = component.getAnnotation(Parameter.class);
        String unset = component.getType() == Optional.class ? "" : "must be given";
        String byDefault = parameter.byDefault().isEmpty() ? unset : "`" + parameter.byDefault() + "`";
        return "| `%s` | %s | %s | %s |%n"
                .formatted(BuiltIns.key(component), byDefault, values(component, parameter), parameter.value());
    }

    private static String values(RecordComponent component, Parameter parameter) {
        Type type = component.getGenericType() instanceof ParameterizedType optional
                ? optional.getActualTypeArguments()[0]
                : component.getType();
        if (type instanceof Class<?> kind && kind.isEnum()) {
            return Arrays.stream(kind.getEnumConstants())
                    .map(constant -> "`" + BuiltIns.dashed(constant.toString()) + "`")
                    .collect(Collectors.joining(" "));
        }
        if (type == boolean.class) {
            return "`true` `false`";
        }
        if (type == Duration.class) {
            return "a time";
        }
        return type == String.class ? "text" : plain(parameter.min()) + " to " + plain(parameter.max());
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    private static JavaFileObject source(String name, String code) {
        return new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return code;
            }
        };
    }
}
