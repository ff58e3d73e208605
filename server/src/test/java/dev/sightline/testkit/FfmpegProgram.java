package dev.sightline.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.ffmpeg;
import org.bytedeco.javacpp.Loader;

/** Runs the program {@code ffmpeg} that comes with the libraries, to make files that no writer of ours makes. */
public final class FfmpegProgram {
    private FfmpegProgram() {}

    /** Runs it with arguments that are separated by spaces, then makes the given file, whose name tells the container. */
    public static Path make(Path file, String arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Loader.load(ffmpeg.class), "-v", "error", "-nostdin", "-y"));
        command.addAll(List.of(arguments.split(" ")));
        command.add(file.toString());
        int code = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IOException("ffmpeg " + arguments + " ended with " + code);
        }
        return file;
    }
}
