package dev.sightline.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.properties.HasModifiers;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The packages that an embedding program may name, and that nothing else of ours can be seen through them. */
class ApiTest {
    private static final Set<String> API =
            Set.of("dev.sightline", "dev.sightline.frame", "dev.sightline.processor", "dev.sightline.socketio");

    @Test
    void signatures_mentionNothingElseOfOurs() {
        List<String> strange = new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .withImportOption(ApiTest::isOfTheApi)
                        .importPackages(API)
                        .stream()
                        .filter(type -> API.contains(type.getPackageName()) && isSeenFromOutside(type))
                        .flatMap(type -> mentions(type)
                                .filter(other -> other.getPackageName().startsWith("dev.sightline")
                                        && !API.contains(other.getPackageName()))
                                .map(other -> type.getName() + " mentions " + other.getName()))
                        .distinct()
                        .sorted()
                        .toList();
        assertThat(strange).isEmpty();
    }

    /** Not in a package below one of these: to read all of our classes takes seconds. */
    private static boolean isOfTheApi(Location location) {
        return API.stream()
                .anyMatch(name -> location.matches(Pattern.compile(".*/" + name.replace('.', '/') + "/[^/]*")));
    }

    @Test
    void examples_importNothingElseOfOurs() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../examples"))) {
            List<Path> programs =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(programs).hasSizeGreaterThan(3);
            for (Path program : programs) {
                assertThat(Files.readAllLines(program))
                        .as("%s", program)
                        .filteredOn(line -> line.matches("import (static )?dev\\.sightline\\..*"))
                        .allMatch(line -> API.contains(line.replaceFirst("^import (static )?(.*?)\\.[A-Z].*", "$2")));
            }
        }
    }

    @Test
    void jars_haveANameAsModules() throws IOException {
        for (String module : List.of("api", "processors", "server")) {
            assertThat(Files.readString(Path.of("..", module, "pom.xml")))
                    .contains("<Automatic-Module-Name>dev.sightline." + module + "<");
        }
    }

    private static Stream<JavaClass> mentions(JavaClass type) {
        Stream<JavaType> above = Stream.of(
                        type.getSuperclass().stream(), type.getInterfaces().stream(), type.getTypeParameters().stream())
                .flatMap(each -> each);
        Stream<JavaType> within =
                type.getMembers().stream().filter(ApiTest::isSeen).flatMap(ApiTest::types);
        return Stream.concat(above, within).flatMap(each -> each.getAllInvolvedRawTypes().stream());
    }

    private static Stream<? extends JavaType> types(JavaMember member) {
        if (member instanceof JavaField field) {
            return Stream.of(field.getType());
        }
        JavaCodeUnit method = (JavaCodeUnit) member;
        return Stream.of(
                        Stream.of(method.getReturnType()),
                        method.getParameterTypes().stream(),
                        method.getTypeParameters().stream(),
                        method.getExceptionTypes().stream())
                .flatMap(each -> each);
    }

    private static boolean isSeen(HasModifiers one) {
        return one.getModifiers().contains(JavaModifier.PUBLIC)
                || one.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static boolean isSeenFromOutside(JavaClass type) {
        return isSeen(type)
                && type.getEnclosingClass().map(ApiTest::isSeenFromOutside).orElse(true);
    }
}
