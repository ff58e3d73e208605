package dev.sightline.source.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.sightline.frame.CaptureClock;
import dev.sightline.source.Numbering;
import dev.sightline.source.SourceOptions;
import dev.sightline.source.SourceReader;
import dev.sightline.source.http.HttpScheme;
import dev.sightline.testkit.VideoFiles;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.ConsoleHandler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** FFmpeg's own words in the log of a program that is not ours. */
class NativeLogIT {
    @TempDir
    private Path folder;

    @Test
    void debug_passwordWithAQuotationMark_isNotShown() throws Exception {
        byte[] video = Files.readAllBytes(VideoFiles.pattern(folder.resolve("a.ts"), "libopenh264", 320, 240, 100, 20));
        byte[] list = "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:0,\na.ts?token=s3'cret\n#EXT-X-ENDLIST\n"
                .getBytes(StandardCharsets.US_ASCII);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/", exchange -> {
            byte[] body = exchange.getRequestURI().getPath().endsWith(".ts") ? video : list;
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            String said =
                    said("http://eve:s3'cret@127.0.0.1:" + server.getAddress().getPort() + "/list.m3u8?token=s3'cret");

            assertThat(said).contains("a picture", "of segment http://127.0.0.1:");
            assertThat(said).doesNotContain("cret");
        } finally {
            server.stop(0);
        }
    }

    private static String said(String address) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Embedding.class.getName(),
                        address)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    /** Has a log of its own, which shows everything. */
    static final class Embedding {
        public static void main(String[] arguments) throws Exception {
            Logger log = Logger.getLogger("dev.sightline");
            log.setLevel(Level.ALL);
            ConsoleHandler console = new ConsoleHandler();
            console.setLevel(Level.ALL);
            log.addHandler(console);
            try (SourceReader reader = new HttpScheme()
                    .source(arguments[0], SourceOptions.DEFAULTS)
                    .open(new Numbering(CaptureClock.system()))) {
                log.info(reader.read().isPresent() ? "a picture" : "none");
            }
        }
    }
}
