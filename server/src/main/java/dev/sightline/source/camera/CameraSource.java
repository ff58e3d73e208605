package dev.sightline.source.camera;

import dev.sightline.source.Numbering;
import dev.sightline.source.Source;
import dev.sightline.source.SourceException;
import dev.sightline.source.SourceOptions.Deinterlace;
import dev.sightline.source.SourceReader;
import dev.sightline.source.ffmpeg.LiveReader;
import dev.sightline.source.ffmpeg.MediaInput;
import java.util.Optional;

/**
 * A camera on this computer.
 *
 * @param address as given
 * @param device its number, name or device file
 * @param mode the requested size and rate
 * @param platform opens it
 * @param deinterlace what happens to interlaced video, which capture cards deliver
 */
record CameraSource(String address, String device, CameraMode mode, CameraPlatform platform, Deinterlace deinterlace)
        implements Source {

    @Override
    public Optional<String> absence() {
        return platform.absence(device);
    }

    @Override
    public SourceReader open(Numbering numbering) throws SourceException, InterruptedException {
        Optional<String> absence = absence();
        if (absence.isPresent()) {
            throw new SourceException(absence.get());
        }
        SourceException last = new SourceException("camera " + device + ": there is no way to open it");
        for (MediaInput input : platform.inputs(device, mode)) {
            try {
                return LiveReader.open(input.with(deinterlace), numbering);
            } catch (SourceException failure) {
                failure.addSuppressed(last);
                last = failure;
            }
        }
        throw last;
    }
}
