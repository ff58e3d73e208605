package dev.sightline.source.camera;

import dev.sightline.source.SourceException;
import dev.sightline.source.SourceOptions.Deinterlace;
import dev.sightline.source.ffmpeg.Devices;
import dev.sightline.source.ffmpeg.Limits;
import dev.sightline.source.ffmpeg.MediaInput;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How an operating system names and opens its cameras. */
interface CameraPlatform {

    /** The platform of this program. */
    static CameraPlatform current() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (system.contains("mac")) {
            return new AvFoundation();
        }
        return system.contains("windows") ? new DirectShow() : new Video4Linux();
    }

    /** Why the user must do something before the camera can be opened; empty also if only opening it would tell. */
    default Optional<String> absence(String device) {
        return Optional.empty();
    }

    /** Whether a device can be nothing else than a camera, whatever is in its place. */
    default boolean isCamera(String device) {
        return true;
    }

    /** The ways to open a camera, to be tried in this order: undecoded JPEG comes first. */
    List<MediaInput> inputs(String device, CameraMode mode) throws SourceException;

    /** An input of one of FFmpeg's device formats. */
    static MediaInput input(String device, String format, String name, Map<String, String> options) {
        return new MediaInput(
                "camera " + device,
                name,
                new MediaInput.Demuxing(Optional.of(format), Devices.allowed(format), List.of("file"), options),
                MediaInput.Timing.DEVICE,
                Limits.LIVE,
                Deinterlace.AUTO);
    }
}
