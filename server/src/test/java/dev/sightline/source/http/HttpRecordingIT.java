package dev.sightline.source.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sightline.frame.CaptureClock;
import dev.sightline.frame.Frame;
import dev.sightline.frame.Picture;
import dev.sightline.source.Numbering;
import dev.sightline.source.SourceException;
import dev.sightline.source.SourceOptions;
import dev.sightline.source.SourceOptions.Deinterlace;
import dev.sightline.source.SourceOptions.RtspTransport;
import dev.sightline.source.SourceReader;
import dev.sightline.testkit.FfmpegProgram;
import dev.sightline.testkit.PatternNumber;
import dev.sightline.testkit.VideoFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Videos on a web server that are not live. */
class HttpRecordingIT {
    @TempDir
    private Path folder;

    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/", this::serve);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void read_mp4_isPacedAndEnds() throws Exception {
        VideoFiles.pattern(folder.resolve("a.mp4"), "libopenh264", 320, 240, 50, 20);
        try (SourceReader reader = open("a.mp4", false)) {
            List<Long> times = new ArrayList<>();
            assertThat(numbers(reader, times, 100)).isEqualTo(upTo(20));
            for (int i = 1; i < times.size(); i++) {
                assertThat(times.get(i) - times.get(i - 1)).isEqualTo(20_000_000);
            }
        }
    }

    @Test
    void read_mp4Looped_beginsAgain() throws Exception {
        VideoFiles.pattern(folder.resolve("a.mp4"), "libopenh264", 320, 240, 100, 10);
        try (SourceReader reader = open("a.mp4", true)) {
            List<Long> twice = new ArrayList<>(upTo(10));
            twice.addAll(upTo(10));
            assertThat(numbers(reader, new ArrayList<>(), 20)).isEqualTo(twice);
        }
    }

    @Test
    void read_recordingsThatDoNotSayHowLongTheyAre_playAtTheirPaceAndLoop() throws Exception {
        VideoFiles.pattern(folder.resolve("a.ts"), "libopenh264", 320, 240, 50, 20);
        VideoFiles.pattern(folder.resolve("full.webm"), "libvpx", 320, 240, 50, 20);
        FfmpegProgram.make(folder.resolve("a.webm"), "-i " + folder.resolve("full.webm") + " -c copy -live 1 -f webm");
        for (String address : List.of("a.ts", "a.webm", "norange/a.webm", "norange/a.ts")) {
            List<Long> times = new ArrayList<>();
            try (SourceReader reader = open(address, true)) {
                List<Long> twice = new ArrayList<>(upTo(20));
                twice.addAll(upTo(20));
                assertThat(numbers(reader, times, 40)).as(address).isEqualTo(twice);
            }
            assertThat(times.get(39) - times.get(0)).as(address).isBetween(779_000_000L, 1_900_000_000L);
        }
    }

    @Test
    void read_withoutLengthOrDuration_isPlayedFromTheStartOnceItsEndTells() throws Exception {
        VideoFiles.pattern(folder.resolve("a.ts"), "mpeg2video", 320, 240, 25, 75);
        List<Long> times = new ArrayList<>();
        try (SourceReader reader = open("chunked/a.ts", false)) {
            List<Long> seen = numbers(reader, times, 200);
            assertThat(seen.subList(seen.size() - 75, seen.size())).isEqualTo(upTo(75));
        }
        int last = times.size() - 1;
        assertThat(times.get(last) - times.get(last - 74)).isGreaterThanOrEqualTo(74 * 40_000_000L);
    }

    @Test
    void open_mp4WithItsIndexAtTheEndOfAServerWithoutRanges_saysWhatToDo() throws Exception {
        VideoFiles.pattern(folder.resolve("a.mp4"), "libopenh264", 320, 240, 50, 20);
        for (String address : List.of("norange/a.mp4", "chunked/a.mp4")) {
            assertThatThrownBy(() -> open(address, true).read())
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("index")
                    .hasMessageContaining("faststart");
        }
        FfmpegProgram.make(folder.resolve("b.mp4"), "-i " + folder.resolve("a.mp4") + " -c copy -movflags +faststart");
        try (SourceReader reader = open("norange/b.mp4", false)) {
            assertThat(numbers(reader, new ArrayList<>(), 100)).isEqualTo(upTo(20));
        }
    }

    @Test
    void read_hls_playsItsSegments() throws Exception {
        VideoFiles.pattern(folder.resolve("a.ts"), "libopenh264", 320, 240, 100, 20);
        Files.writeString(folder.resolve("list.m3u8"), playlist("a.ts"));
        try (SourceReader reader = open("list.m3u8", false)) {
            assertThat(numbers(reader, new ArrayList<>(), 100)).isEqualTo(upTo(20));
        }
    }

    @Test
    void read_hlsThatIsEncrypted_playsItsSegments() throws Exception {
        Path clear = VideoFiles.pattern(folder.resolve("clear.ts"), "libopenh264", 320, 240, 100, 20);
        byte[] key = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
        Files.write(folder.resolve("a.ts"), cipher.doFinal(Files.readAllBytes(clear)));
        Files.write(folder.resolve("key"), key);
        String tag = "#EXT-X-KEY:METHOD=AES-128,URI=\"key\"\n#EXTINF";
        Files.writeString(folder.resolve("list.m3u8"), playlist("a.ts").replace("#EXTINF", tag));
        assertPlays("list.m3u8");
        assertThat(asked).contains("/key");
    }

    @Test
    void read_hlsOfRanges_playsThem() throws Exception {
        Path video = VideoFiles.pattern(folder.resolve("b.ts"), "libopenh264", 320, 240, 100, 20);
        byte[] before = new byte[188 * 10];
        Files.write(folder.resolve("a.ts"), before);
        Files.write(folder.resolve("a.ts"), Files.readAllBytes(video), StandardOpenOption.APPEND);
        String range = "#EXT-X-BYTERANGE:" + Files.size(video) + "@" + before.length + "\na.ts";
        Files.writeString(folder.resolve("list.m3u8"), playlist(range));
        assertPlays("list.m3u8");
    }

    @Test
    void read_hlsBehindARedirect_isRelativeToWhereItCameFrom() throws Exception {
        Path deep = Files.createDirectories(folder.resolve("deep/er"));
        VideoFiles.pattern(folder.resolve("deep/a.ts"), "libopenh264", 320, 240, 100, 20);
        Files.writeString(deep.resolve("list"), playlist("./x/../../a.ts"));
        Files.writeString(
                folder.resolve("master.m3u8"), "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nmoved/deep/er/list\n");
        assertPlays("moved/deep/er/list");
        assertPlays("master.m3u8");
    }

    private void assertPlays(String name) throws Exception {
        try (SourceReader reader = open(name, false)) {
            assertThat(numbers(reader, new ArrayList<>(), 100)).as(name).isEqualTo(upTo(20));
        }
    }

    @Test
    void open_hlsThatNamesALocalFile_opensItNot() throws Exception {
        Path local = VideoFiles.pattern(folder.resolve("a.ts"), "libopenh264", 320, 240, 100, 20);
        for (String name : List.of("file://" + local, local.toString(), "concat:" + local, "subfile:" + local)) {
            asked.clear();
            Files.writeString(folder.resolve("list.m3u8"), playlist(name));
            assertThatThrownBy(() -> open("list.m3u8", false).read()).isInstanceOf(SourceException.class);
            assertThat(asked).contains("/list.m3u8").doesNotContain("/a.ts");
        }
    }

    @Test
    void open_listsOfOtherKinds_areNotFollowed() throws Exception {
        VideoFiles.pattern(folder.resolve("a.ts"), "libopenh264", 320, 240, 100, 20);
        Files.writeString(folder.resolve("list.txt"), "ffconcat version 1.0\nfile 'a.ts'\n");
        Files.writeString(
                folder.resolve("list.sdp"),
                "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\n"
                        + "m=video 5004 RTP/AVP 96\na=rtpmap:96 H264/90000\n");
        for (String name : List.of("list.txt", "list.sdp")) {
            assertThatThrownBy(() -> open(name, false).read()).isInstanceOf(SourceException.class);
        }
        assertThat(asked).doesNotContain("/a.ts");
    }

    private SourceReader open(String name, boolean loop) throws Exception {
        String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/" + name;
        return new HttpScheme()
                .source(address, new SourceOptions(loop, RtspTransport.TCP, Deinterlace.AUTO))
                .open(new Numbering(CaptureClock.system()));
    }

    private static List<Long> numbers(SourceReader reader, List<Long> times, int most) throws Exception {
        List<Long> numbers = new ArrayList<>();
        while (numbers.size() < most) {
            Optional<Picture> picture = reader.read();
            if (picture.isEmpty()) {
                break;
            }
            try (Frame frame = (Frame) picture.get()) {
                numbers.add(PatternNumber.read(frame.mat()).orElse(-1));
                times.add(frame.captureNanos());
            }
        }
        return numbers;
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private static String playlist(String segment) {
        return "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:1\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXTINF:0.2,\n" + segment
                + "\n#EXT-X-ENDLIST\n";
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.add(path);
        if (path.startsWith("/moved/")) {
            exchange.getResponseHeaders().set("Location", path.substring("/moved".length()));
            exchange.sendResponseHeaders(302, -1);
            return;
        }
        Path file = folder.resolve(path.replaceFirst("^/((norange|chunked)/)?", ""));
        if (!Files.exists(file)) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        byte[] bytes = Files.readAllBytes(file);
        boolean noRange = path.lastIndexOf('/') > 0;
        String range = noRange ? null : exchange.getRequestHeaders().getFirst("Range");
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D*(\\d+)-.*", "$1"));
        if (range != null) {
            String answer = "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length;
            exchange.getResponseHeaders().set("Content-Range", answer);
        }
        boolean chunked = path.startsWith("/chunked/");
        exchange.sendResponseHeaders(range == null ? 200 : 206, chunked ? 0 : bytes.length - from);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes, from, bytes.length - from);
        }
    }
}
