package dev.sightline.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
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
            0, List.of("frame", "processor", "processors", "socketio", "refusal", "access"),
            1, List.of("config", "metrics", "http", "auth", "h264", "ffmpeg", "picture", "worker"),
            2, List.of("source", "pipeline", "codec"),
            3, List.of("stream"),
            4,
                    List.of(
                            "transport.mjpeg",
                            "transport.websocket",
                            "transport.socketio",
                            "transport.webrtc",
                            "transport.metadata",
                            "transport.input",
                            "admin"),
            5, List.of("app")));

    /** The rooms of a transport that stand on others of it, and on which. */
    private static final Map<String, List<String>> BELOW = Map.of(
            webrtc("ice"), List.of(webrtc("parameters")),
            webrtc("dtls"), List.of(webrtc("parameters")),
            webrtc("srtp"), List.of(webrtc("parameters")),
            webrtc("sdp"), List.of(webrtc("parameters")),
            webrtc("rtp"), List.of(webrtc("parameters"), webrtc("congestion")),
            webrtc("transport"), List.of(webrtc("ice"), webrtc("dtls"), webrtc("srtp"), webrtc("parameters")));

    private static final Map<String, Set<String>> OF_THE_PROGRAM = Map.of(
            System.class.getName(), Set.of("exit", "getenv", "in", "out", "err"),
            Runtime.class.getName(), Set.of("exit", "halt"));

    private static String webrtc(String room) {
        return "dev.sightline.transport.webrtc." + room;
    }

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
                .dependOnClassesThat(resideInAnyPackage(forbidden(floor, room))))));
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

    @Test
    void innerRoomsOfStreams_doNotKnowThem() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.sightline.stream.*")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.sightline.stream")));
    }

    @Test
    void config_doesNotKnowItsInnerRoom() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.sightline.config")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.sightline.config.*")));
    }

    /** What a way to the viewer is made of knows neither the room that joins it with others, nor these, but for those below it. */
    @Test
    void innerRoomsOfTransports_knowOnlyThoseBelowThem() {
        assertThat(innerRooms()).containsAll(BELOW.keySet());
        for (String room : innerRooms()) {
            List<String> allowed = new ArrayList<>(BELOW.getOrDefault(room, List.of()));
            allowed.add(room);
            check(noClasses()
                    .that()
                    .resideInAPackage(room)
                    .should()
                    .dependOnClassesThat(resideInAnyPackage("dev.sightline.transport..")
                            .and(DescribedPredicate.not(resideInAnyPackage(allowed.toArray(String[]::new))))));
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
    void h264RefusalAndAccess_standAlone() {
        check(standsOn("h264"));
        check(standsOn("access"));
        check(standsOn("refusal"));
    }

    /** Inside of http: certificates know nobody, WebSockets no request, and limits no connection. */
    @Test
    void innerRoomsOfHttp_knowThoseBelowOnly() {
        check(standsOn("http.tls"));
        check(standsOn("http.openapi"));
        check(standsOn("http.limits", "access", "refusal"));
        check(standsOn("http.connection", "http.limits", "refusal"));
        check(standsOn("http.websocket", "http.connection", "http.limits", "refusal"));
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

    /** All else of a peer's transport takes time and packets as arguments, and runs in one thread of a test. */
    @Test
    void netty_isNamedByWebRtcWhereItsSocketsAreAlone() {
        check(noClasses()
                .that()
                .resideInAPackage(webrtc("*"))
                .and()
                .haveNameNotMatching(".*\\.transport\\.(Udp|Tcp|Media)[^.]*")
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.netty..")));
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
                .accessTargetWhere(
                        DescribedPredicate.describe("is the program's alone", FloorsTest::isTheProgramsAlone)));
    }

    private static boolean isTheProgramsAlone(JavaAccess<?> access) {
        return OF_THE_PROGRAM
                .getOrDefault(access.getTargetOwner().getName(), Set.of())
                .contains(access.getTarget().getName());
    }

    @Test
    void noPackage_isADrawerForOddThings() {
        for (JavaClass type : HOUSE) {
            assertThat(type.getPackageName().split("\\."))
                    .doesNotContain("util", "utils", "common", "core", "impl", "manager", "helper");
        }
    }

    /** What more are, nobody can tell by their places: they are grouped by meaning in records within the record. */
    @Test
    void noRecord_hasMoreThanEightComponents_notEvenOfTheTestKit() {
        JavaClasses kit = new ClassFileImporter().importPackages("dev.sightline.testkit");
        assertThat(kit).isNotEmpty();
        Stream.concat(HOUSE.stream(), kit.stream())
                .filter(JavaClass::isRecord)
                .forEach(record -> assertThat(record.getFields().stream()
                                .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC)))
                        .as("components of %s", record.getName())
                        .hasSizeLessThanOrEqualTo(8));
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
