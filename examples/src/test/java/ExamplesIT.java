import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every example is started as a user starts it, {@code sightline run FILE}, and looked at. */
class ExamplesIT {

    @Test
    void faceDetection_servesItsStream() throws Exception {
        Process program = run("FaceDetection.java", "pattern:640x480@30", "0");
        try {
            URI page = address(program, "Faces at ");

            HttpResponse<byte[]> picture = get(page.resolve("/live/camera/jpeg"));
            assertThat(picture.statusCode()).isEqualTo(200);
            assertThat(picture.body()).startsWith(0xFF, 0xD8);
            String streams = new String(get(page.resolve("/api/streams")).body(), StandardCharsets.UTF_8);
            assertThat(streams).contains("\"camera\"", "\"faces\"", "\"clock\"");
        } finally {
            end(program);
        }
    }

    private static Process run(String example, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.sightline.app.Main",
                "run",
                example));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Reads what the program says until it names its address. */
    private static URI address(Process program, String before) throws IOException {
        BufferedReader said =
                new BufferedReader(new InputStreamReader(program.getInputStream(), StandardCharsets.UTF_8));
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith(before)) {
                return URI.create(line.substring(before.length()));
            }
        }
        throw new AssertionError("the program ended without a word of its address");
    }

    private static HttpResponse<byte[]> get(URI address) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static void end(Process program) throws InterruptedException {
        program.destroy();
        assertThat(program.waitFor()).isIn(0, 143);
    }
}
