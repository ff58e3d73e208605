package dev.sightline.source.camera;

import dev.sightline.source.AddressMask;
import dev.sightline.source.EgressRule;
import dev.sightline.source.Source;
import dev.sightline.source.SourceOptions;
import dev.sightline.source.SourceScheme;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses of cameras on this computer: {@code camera:0}, {@code camera:/dev/video2}, and with size and rate {@code
 * camera:0:1280x720@30}.
 */
public final class CameraScheme implements SourceScheme {
    private static final Pattern ADDRESS = Pattern.compile(
            "(?i:camera):(?<device>.*?)(?::(?<width>\\d{1,5})x(?<height>\\d{1,5})(?:@(?<fps>\\d{1,3}))?)?");

    private final CameraPlatform platform;

    public CameraScheme() {
        this(CameraPlatform.current());
    }

    CameraScheme(CameraPlatform platform) {
        this.platform = platform;
    }

    @Override
    public Set<String> names() {
        return Set.of("camera");
    }

    /** The camera of an address; the first if it names none. */
    @Override
    public Source source(String address, SourceOptions options) {
        Matcher parts = ADDRESS.matcher(address.strip());
        if (!parts.matches() || parts.group("device").contains(":")) {
            throw new IllegalArgumentException(
                    "'" + address + "' is not a camera; one is for example camera:0 or camera:0:1280x720@30");
        }
        String device = parts.group("device").isBlank() ? "0" : parts.group("device");
        return new CameraSource(address.strip(), device, mode(parts), platform, options.deinterlace());
    }

    @Override
    public void requireAllowed(String address, Path folder, EgressRule rule) {
        Matcher parts = ADDRESS.matcher(address.strip());
        if (parts.matches() && !platform.isCamera(parts.group("device"))) {
            throw new IllegalArgumentException("'" + AddressMask.address(address)
                    + "' may be something else than a camera, which the API may not open: write its number, as in camera:0,"
                    + " or name it in the configuration file");
        }
    }

    private static CameraMode mode(Matcher parts) {
        if (parts.group("width") == null) {
            return CameraMode.USUAL;
        }
        int fps = parts.group("fps") == null ? CameraMode.USUAL.fps() : Integer.parseInt(parts.group("fps"));
        return new CameraMode(Integer.parseInt(parts.group("width")), Integer.parseInt(parts.group("height")), fps);
    }
}
