package dev.sightline.source.camera;

import dev.sightline.source.ffmpeg.MediaInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Linux: cameras are files {@code /dev/video0}, {@code /dev/video1}…, which the group {@code video} may open.
 *
 * @param folder their folder
 * @param permitted whether this user may open one
 */
record Video4Linux(Path folder, Predicate<Path> permitted) implements CameraPlatform {

    private static final Pattern CAMERA =
            Pattern.compile("\\d*|(?:/dev/)?video\\d+|/dev/v4l/by-(?:id|path)/[\\w.:-]*[\\w-]");

    Video4Linux() {
        this(Path.of("/dev"), file -> Files.isReadable(file) && Files.isWritable(file));
    }

    @Override
    public Optional<String> absence(String device) {
        Path file = file(device);
        if (!Files.exists(file)) {
            return Optional.of("there is no camera " + file + others());
        }
        if (!permitted.test(file)) {
            return Optional.of("the camera " + file + " may not be opened by this user: add yourself to the group video"
                    + " (sudo usermod -aG video " + System.getProperty("user.name") + ") and log in again");
        }
        return Optional.empty();
    }

    /** Any other file would be opened, and found not to be one. */
    @Override
    public boolean isCamera(String device) {
        return CAMERA.matcher(device).matches();
    }

    @Override
    public List<MediaInput> inputs(String device, CameraMode mode) {
        String size = mode.size();
        String rate = Integer.toString(mode.fps());
        return List.of(
                input(device, Map.of("input_format", "mjpeg", "video_size", size, "framerate", rate)),
                input(device, Map.of("video_size", size, "framerate", rate)),
                input(device, Map.of()));
    }

    private MediaInput input(String device, Map<String, String> options) {
        return CameraPlatform.input(device, "v4l2", file(device).toString(), options);
    }

    private Path file(String device) {
        return device.chars().allMatch(Character::isDigit) ? folder.resolve("video" + device) : folder.resolve(device);
    }

    private String others() {
        try (Stream<Path> files = Files.list(folder)) {
            String cameras = files.filter(file -> file.getFileName().toString().matches("video\\d+"))
                    .sorted()
                    .map(Path::toString)
                    .collect(Collectors.joining(", "));
            return cameras.isEmpty() ? ": none is plugged in" : "; there is " + cameras;
        } catch (IOException failure) {
            return "";
        }
    }
}
