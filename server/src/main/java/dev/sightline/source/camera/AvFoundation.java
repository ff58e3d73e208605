package dev.sightline.source.camera;

import dev.sightline.source.ffmpeg.MediaInput;
import java.util.List;
import java.util.Map;

/** macOS: cameras have numbers and names, and the system asks the user at the first opening. */
record AvFoundation() implements CameraPlatform {

    @Override
    public List<MediaInput> inputs(String device, CameraMode mode) {
        String rate = Integer.toString(mode.fps());
        return List.of(
                input(device, Map.of("video_size", mode.size(), "framerate", rate, "pixel_format", "uyvy422")),
                input(device, Map.of("framerate", rate)));
    }

    private static MediaInput input(String device, Map<String, String> options) {
        return CameraPlatform.input(device, "avfoundation", device + ":none", options);
    }
}
