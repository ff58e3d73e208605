package dev.sightline.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.app.configuration.SightlineConfig;
import dev.sightline.config.Problems;
import dev.sightline.config.RecordBinder;
import dev.sightline.config.Values;
import dev.sightline.config.YamlReader;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documents tell the truth: links lead somewhere, programs compile, configurations load. */
class DocumentsTest {
    private static final Values VALUES = new Values(name -> Optional.of("a-value-of-the-environment"), Path.of(".."));

    /** What the documents shorten. */
    private static final String HASH = "$argon2id$v=19$m=19456,t=2,p=1$" + "A".repeat(22) + "$" + "A".repeat(43);

    private static final Path ROOT = Path.of("..");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");
    private static final Pattern BLOCK = Pattern.compile("```(java|yaml)\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern DEPENDENCY = Pattern.compile("(?s)<dependency>.*?</dependency>");
    private static final Pattern NOT_SHIPPED =
            Pattern.compile("<scope>(test|provided)</scope>|<classifier>|<artifactId>sightline-");
    private static final Pattern CLASS = Pattern.compile("public (?:final )?class (\\w+)");

    static Stream<Path> documents() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path folder : List.of(ROOT, ROOT.resolve("docs"), ROOT.resolve("docs/decisions"))) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.toString().endsWith(".md")).forEach(found::add);
            }
        }
        assertThat(found).hasSizeGreaterThan(8);
        return found.stream();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void links_leadToFilesThatExist(Path document) throws IOException {
        Matcher links = LINK.matcher(Files.readString(document));
        while (links.find()) {
            if (!links.group(1).contains(":")) {
                assertThat(document.resolveSibling(links.group(1))).exists();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void programs_compile(Path document, @TempDir Path classes) throws IOException {
        for (String program : blocks(document, "java")) {
            Matcher name = CLASS.matcher(program);
            if (name.find()) {
                assertThat(compile(name.group(1), program, classes))
                        .as("%s in %s", name.group(1), document)
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void configurations_load(Path document) throws IOException {
        for (String block : blocks(document, "yaml")) {
            String yaml = block.replace("$argon2id$…", HASH);
            Problems problems = new Problems();
            new RecordBinder(problems)
                    .bind(YamlReader.read(yaml, document.toString(), problems, VALUES), SightlineConfig.class);
            assertThat(problems.found()).isEmpty();
        }
    }

    /** Packing refuses a library that is not named, and is tested in the long run only. */
    @Test
    void thirdParties_areNamed() throws IOException {
        String named = Files.readString(ROOT.resolve("dist/THIRD-PARTY.md"));
        List<String> shipped = DEPENDENCY
                .matcher(Files.readString(Path.of("pom.xml")))
                .results()
                .map(MatchResult::group)
                .filter(text -> !NOT_SHIPPED.matcher(text).find())
                .map(text -> text.replaceAll("(?s).*<artifactId>(.*?)</artifactId>.*", "$1"))
                .toList();
        assertThat(shipped)
                .hasSizeGreaterThan(12)
                .allSatisfy(name -> assertThat(named).contains("`" + name + "`"));
    }

    private static List<String> blocks(Path document, String language) throws IOException {
        return BLOCK.matcher(Files.readString(document))
                .results()
                .filter(block -> block.group(1).equals(language))
                .map((MatchResult block) -> block.group(2))
                .toList();
    }

    private static String compile(String name, String program, Path classes) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter words = new StringWriter();
        List<String> options = List.of("-proc:none", "-d", classes.toString());
        compiler.getTask(words, null, null, options, null, List.of(new Text(name, program)))
                .call();
        return words.toString();
    }

    private static final class Text extends SimpleJavaFileObject {
        private final String text;

        Text(String name, String text) {
            super(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
