package dev.sightline.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The floors of the house: who may import whom. */
class FloorsTest {
    private static final JavaClasses HOUSE = house();

    /** Rooms by floor; those of one floor do not know each other, unless the map says so. */
    private static final Map<Integer, List<String>> FLOORS = new TreeMap<>(Map.of(
            0, List.of("frame", "processor", "processors", "socketio"),
            1, List.of("config", "metrics", "http", "auth", "h264", "ffmpeg", "picture"),
            2, List.of("source", "pipeline", "codec"),
            3, List.of("stream"),
            4,
                    List.of(
                            "transport.mjpeg",
                            "transport.websocket",
                            "transport.socketio",
                            "transport.webrtc",
                            "transport.metadata",
                            "admin"),
            5, List.of("app")));

    /** Of the libraries only names are asked for, so they are not read. */
    private static JavaClasses house() {
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.sightline");
    }

    @Test
    void everyRoom_importsOnlyTheFloorsBelow() {
        FLOORS.forEach((floor, rooms) -> rooms.forEach(room -> check(noClasses()
                .that()
                .resideInAnyPackage(packages(room))
                .should()
                .dependOnClassesThat(resideInAnyPackage(forbidden(floor, room)))
                .allowEmptyShould(true))));
    }

    @Test
    void everyPackage_standsOnAFloor() {
        List<String> rooms = FLOORS.values().stream()
                .flatMap(List::stream)
                .map(room -> "dev.sightline." + room)
                .toList();
        for (JavaClass type : HOUSE) {
            String name = type.getPackageName();
            assertThat(name.equals("dev.sightline")
                            || rooms.stream().anyMatch(room -> name.equals(room) || name.startsWith(room + ".")))
                    .as("%s stands on a floor", name)
                    .isTrue();
        }
    }

    @Test
    void api_knowsTheJdkAndOpenCvAlone() {
        check(classes()
                .that()
                .resideInAnyPackage("dev.sightline.frame..", "dev.sightline.processor..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..",
                        "dev.sightline.frame..",
                        "dev.sightline.processor..",
                        "org.bytedeco.opencv..",
                        "org.bytedeco.javacpp..",
                        "org.jspecify..")));
        check(noClasses()
                .that()
                .resideInAPackage("dev.sightline.frame..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.sightline.processor..")));
    }

    @Test
    void noPackages_formACircle() {
        check(slices().matching("dev.sightline.(**)").should().beFreeOfCycles());
    }

    /** What a way to the viewer is made of knows neither the room that joins it with others, nor these. */
    @Test
    void innerRoomsOfTransports_standAlone() {
        for (String room : innerRooms()) {
            check(noClasses()
                    .that()
                    .resideInAPackage(room)
                    .should()
                    .dependOnClassesThat(resideInAnyPackage("dev.sightline.transport..")
                            .and(DescribedPredicate.not(resideInAPackage(room)))));
        }
    }

    @Test
    void stream_namesNoProtocol() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.sightline.stream..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.sightline.http..", "dev.sightline.auth..", "java.net..")));
    }

    /** A new kind of source is named where the program is composed, and nowhere else. */
    @Test
    void schemesOfSources_areNamedByTheProgramAlone() {
        check(classes()
                .that()
                .implement("dev.sightline.source.SourceScheme")
                .should()
                .onlyHaveDependentClassesThat(resideInAnyPackage("dev.sightline.app..", "dev.sightline.source..")));
    }

    @Test
    void h264_standsAlone() {
        check(standsOn("h264"));
    }

    /** Inside of http: certificates know nobody, WebSockets no request, and limits no connection. */
    @Test
    void innerRoomsOfHttp_knowThoseBelowOnly() {
        check(standsOn("http.tls"));
        check(standsOn("http.limits"));
        check(standsOn("http.connection", "http.limits"));
        check(standsOn("http.websocket", "http.connection", "http.limits"));
        check(noClasses()
                .that()
                .resideOutsideOfPackage("dev.sightline.http..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.sightline.http.connection")));
    }

    @Test
    void netty_isNamedByHttpAndTransportsAlone() {
        check(named("io.netty..", "dev.sightline.http..", "dev.sightline.transport.."));
    }

    @Test
    void openCv_isNamedWherePicturesAreMadeAlone() {
        check(named(
                "org.bytedeco.opencv..",
                "dev.sightline.frame..",
                "dev.sightline.processors..",
                "dev.sightline.source..",
                "dev.sightline.codec..",
                "dev.sightline.ffmpeg..",
                "dev.sightline.app.."));
        check(noClasses().should().dependOnClassesThat(resideInAnyPackage("org.opencv..")));
    }

    @Test
    void ffmpeg_isNamedBySourcesAndCodecsAlone() {
        check(named(
                "org.bytedeco.ffmpeg..",
                "dev.sightline.ffmpeg..",
                "dev.sightline.source..",
                "dev.sightline.codec..",
                "dev.sightline.app.."));
    }

    @Test
    void theEnvironment_isReadByTheProgramAlone_andOnlyItExits() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("dev.sightline.app..")
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err"));
    }

    @Test
    void noPackage_isADrawerForOddThings() {
        for (JavaClass type : HOUSE) {
            assertThat(type.getPackageName().split("\\."))
                    .doesNotContain("util", "utils", "common", "core", "impl", "manager", "helper");
        }
    }

    private static void check(ArchRule rule) {
        rule.check(HOUSE);
    }

    private static ArchRule named(String library, String... allowed) {
        DescribedPredicate<JavaClass> outside = DescribedPredicate.not(resideInAnyPackage(allowed));
        return noClasses().that(outside).should().dependOnClassesThat(resideInAnyPackage(library));
    }

    /** Names of our own only itself and the given rooms. */
    private static ArchRule standsOn(String room, String... below) {
        String[] known = Stream.concat(Stream.of(room), Stream.of(below))
                .map(each -> "dev.sightline." + each)
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage("dev.sightline." + room)
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("dev.sightline..").and(DescribedPredicate.not(resideInAnyPackage(known))));
    }

    private static Set<String> innerRooms() {
        return HOUSE.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.matches("dev\\.sightline\\.transport\\.\\w+\\.\\w+"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String[] packages(String room) {
        return new String[] {"dev.sightline." + room + ".."};
    }

    private static String[] forbidden(int floor, String room) {
        List<String> forbidden = new ArrayList<>();
        FLOORS.forEach((other, rooms) -> {
            if (other >= floor) {
                rooms.stream()
                        .filter(each -> !each.equals(room))
                        .forEach(each -> forbidden.add("dev.sightline." + each + ".."));
            }
        });
        if (floor == 0) {
            // The api's two rooms stand on each other in a test of their own; the built-in processors stand on both.
            forbidden.removeIf(
                    each -> each.equals("dev.sightline.frame..") || each.equals("dev.sightline.processor.."));
        }
        if (floor < 5) {
            forbidden.add("dev.sightline");
        }
        return forbidden.toArray(String[]::new);
    }
}
