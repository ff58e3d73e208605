package dev.sightline.source.file;

import dev.sightline.config.Nearest;
import dev.sightline.source.AddressMask;
import dev.sightline.source.Numbering;
import dev.sightline.source.Source;
import dev.sightline.source.SourceException;
import dev.sightline.source.SourceOptions;
import dev.sightline.source.SourceReader;
import dev.sightline.source.ffmpeg.Formats;
import dev.sightline.source.ffmpeg.Limits;
import dev.sightline.source.ffmpeg.MediaInput;
import dev.sightline.source.ffmpeg.PacedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A video or a still image in a file.
 *
 * @param address as given, without secrets, because another kind of address may have been meant
 * @param path the file
 * @param options whether it starts again at its end, and what happens to interlaced video
 */
record FileSource(String address, Path path, SourceOptions options) implements Source {

    @Override
    public Optional<String> absence() {
        if (!Files.exists(path)) {
            return Optional.of("there is no file '" + AddressMask.address(path.toString()) + "'" + nearest());
        } else if (Files.isDirectory(path)) {
            return Optional.of("'" + path + "' is a folder, not a video");
        } else if (path.startsWith("/dev/") && path.getFileName().toString().startsWith("video")) {
            return Optional.of("'" + path + "' is a camera: write camera:" + path);
        } else if (!Files.isRegularFile(path)) {
            return Optional.of("'" + path + "' is not a file but a device or pipe");
        } else if (!Files.isReadable(path)) {
            return Optional.of("the file '" + path + "' may not be read: check its permissions");
        }
        return Optional.empty();
    }

    @Override
    public SourceReader open(Numbering numbering) throws SourceException, InterruptedException {
        Optional<String> absence = absence();
        if (absence.isPresent()) {
            throw new SourceException(absence.get());
        }
        if (size() == 0) {
            throw new SourceException("the file '" + path + "' is empty (0 bytes)");
        }
        return PacedReader.open(input(), options.loop(), numbering);
    }

    private MediaInput input() {
        return new MediaInput(
                path.getFileName().toString(),
                "file:" + path.toAbsolutePath(),
                MediaInput.Demuxing.of(Formats.selfContained(), List.of("file")),
                MediaInput.Timing.TIMESTAMPS,
                Limits.FILE,
                options.deinterlace());
    }

    private long size() throws SourceException {
        try {
            return Files.size(path);
        } catch (IOException failure) {
            throw new SourceException("the file '" + path + "' cannot be read: " + failure.getMessage(), failure);
        }
    }

    private String nearest() {
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return folder == null ? "" : ", nor a folder '" + folder + "'";
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names = files.limit(10_000)
                    .map(file -> file.getFileName().toString())
                    .toList();
            return Nearest.hint(path.getFileName().toString(), names);
        } catch (IOException failure) {
            return "";
        }
    }
}
