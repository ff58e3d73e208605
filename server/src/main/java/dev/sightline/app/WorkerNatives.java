package dev.sightline.app;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.global.avdevice;
import org.bytedeco.ffmpeg.global.avfilter;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_dnn;
import org.bytedeco.opencv.global.opencv_features2d;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_objdetect;
import org.bytedeco.opencv.global.opencv_photo;
import org.bytedeco.opencv.global.opencv_video;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where worker processes find native libraries. They may not write to the folder into which JavaCPP unpacks them: what one of
 * them put there, the server would run. So the server has all unpacked beforehand, and they look for them as in folders of the
 * system; what they lack they unpack for themselves, each time again.
 */
final class WorkerNatives {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerNatives.class);
    private static final String PATHS_FIRST = "org.bytedeco.javacpp.pathsFirst";
    private static final String LIBRARY_PATH = "java.library.path";
    private static final String STAMP = "for-workers-";
    private static final int MOST_DEPTH = 6;

    /** With all that they stand on these are the ones that the program and most processors use. */
    private static final List<Class<?>> USED = List.of(
            opencv_imgcodecs.class,
            opencv_dnn.class,
            opencv_objdetect.class,
            opencv_features2d.class,
            opencv_photo.class,
            opencv_video.class,
            avdevice.class,
            avfilter.class,
            swresample.class,
            swscale.class);

    private final Path folder;

    /** Takes the folder into which JavaCPP unpacks. */
    WorkerNatives(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    /** Has all unpacked that is not yet: some seconds, once per installation, during which they are loaded here. */
    void unpack() {
        Path stamp = folder.resolve(STAMP
                + Integer.toHexString(System.getProperty("java.class.path").hashCode()));
        if (isDistribution() || Files.exists(stamp)) {
            return;
        }
        try {
            LOG.info("native libraries are unpacked for worker processes; that is needed once");
            USED.forEach(Loader::load);
            Files.createFile(stamp);
        } catch (IOException | LinkageError e) {
            LOG.warn("native libraries cannot be unpacked for worker processes, which start slowly: {}", e.toString());
        }
    }

    /** The options by which a child finds them. */
    List<String> options() {
        return List.of(
                "-D" + NativesFolder.PROPERTY + "=" + folder,
                "-D" + PATHS_FIRST + "=true",
                "-D" + LIBRARY_PATH + "=" + libraryPath());
    }

    /** The folders that a child must be able to read. */
    Set<Path> readable() {
        Set<Path> readable = new HashSet<>(Set.of(folder));
        if (isDistribution()) {
            Stream.of(System.getProperty(LIBRARY_PATH).split(File.pathSeparator, -1))
                    .map(Path::of)
                    .filter(Path::isAbsolute)
                    .forEach(readable::add);
        }
        return readable;
    }

    /** Which has them unpacked in a folder of its own. */
    private static boolean isDistribution() {
        return Boolean.getBoolean(PATHS_FIRST);
    }

    private String libraryPath() {
        if (isDistribution()) {
            return System.getProperty(LIBRARY_PATH);
        }
        try (Stream<Path> all = Files.find(
                folder,
                MOST_DEPTH,
                (path, attributes) -> attributes.isDirectory() && path.endsWith(Loader.getPlatform()))) {
            return all.map(Path::toString).sorted().collect(Collectors.joining(File.pathSeparator));
        } catch (IOException e) {
            LOG.debug("looking for native libraries", e);
            return "";
        }
    }
}
