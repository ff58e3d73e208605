package dev.sightline.source.camera;

import dev.sightline.source.SourceException;
import dev.sightline.source.ffmpeg.Devices;
import dev.sightline.source.ffmpeg.MediaInput;
import java.util.List;
import java.util.Map;

/** Windows: cameras have names; numbers follow the order in which the system lists them. */
record DirectShow() implements CameraPlatform {
    private static final String FORMAT = "dshow";

    @Override
    public List<MediaInput> inputs(String device, CameraMode mode) throws SourceException {
        String name = "video=" + name(device);
        String rate = Integer.toString(mode.fps());
        return List.of(
                CameraPlatform.input(
                        device, FORMAT, name, Map.of("vcodec", "mjpeg", "video_size", mode.size(), "framerate", rate)),
                CameraPlatform.input(device, FORMAT, name, Map.of("video_size", mode.size(), "framerate", rate)),
                CameraPlatform.input(device, FORMAT, name, Map.of()));
    }

    private static String name(String device) throws SourceException {
        if (!device.chars().allMatch(Character::isDigit)) {
            return device;
        }
        List<String> names = Devices.cameras(FORMAT);
        int number = Integer.parseInt(device);
        if (number >= names.size()) {
            throw new SourceException("there is no camera " + device + "; this computer has " + names.size());
        }
        return names.get(number);
    }
}
