package dev.sightline.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.sightline.frame.CaptureClock;
import dev.sightline.source.Numbering;
import dev.sightline.source.Source;
import dev.sightline.source.SourceException;
import dev.sightline.source.SourceOptions;
import dev.sightline.source.SourceReader;
import dev.sightline.testkit.VideoFiles;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not opened, and what is said about it. */
class FileSourceRefusalIT {
    @TempDir
    private Path folder;

    @Test
    void absence_missingFile_namesTheNearestOne() throws IOException {
        Files.createFile(folder.resolve("garden.mp4"));
        Files.createFile(folder.resolve("notes.txt"));
        assertThat(source(folder.resolve("gardn.mp4")).absence().orElseThrow())
                .contains("there is no file", "gardn.mp4", "did you mean 'garden.mp4'?");
        assertThat(source(folder.resolve("none/a.mp4")).absence().orElseThrow()).contains("nor a folder");
    }

    @Test
    void absence_folderPipeOrForbidden_saysWhat() throws Exception {
        assertThat(source(folder).absence().orElseThrow()).contains("is a folder");
        assertThat(source(Path.of("/dev/zero")).absence().orElseThrow()).contains("device or pipe");
        Path secret = Files.createFile(folder.resolve("secret.mp4"));
        assertThat(secret.toFile().setReadable(false, false)).isTrue();
        assumeFalse(Files.isReadable(secret), "root reads everything");
        assertThat(source(secret).absence().orElseThrow()).contains("may not be read");
    }

    @Test
    void open_missingOrEmptyFile_saysSo() throws IOException {
        assertRefused(folder.resolve("gone.mp4"), "there is no file");
        assertRefused(Files.createFile(folder.resolve("empty.mp4")), "empty (0 bytes)");
    }

    @Test
    void open_brokenVideo_saysSo() throws IOException {
        byte[] video = Files.readAllBytes(VideoFiles.pattern(folder.resolve("a.mp4"), "libopenh264", 160, 120, 30, 5));
        assertRefused(Files.write(folder.resolve("half.mp4"), Arrays.copyOf(video, video.length / 2)), "broken");
        byte[] noise = new byte[100_000];
        new java.util.Random(1).nextBytes(noise);
        assertRefused(Files.write(folder.resolve("noise.mp4"), noise), "noise.mp4");
        assertRefused(Files.writeString(folder.resolve("text.mp4"), "Dear diary,\n".repeat(1000)), "text.mp4");
    }

    @Test
    void read_pictureDataOverwritten_endsWithAMessage() throws Exception {
        Path file = VideoFiles.pattern(folder.resolve("b.mp4"), "libopenh264", 160, 120, 30, 30);
        byte[] video = Files.readAllBytes(file);
        Arrays.fill(video, 48, video.length * 3 / 4, (byte) 0xA5);
        Files.write(file, video);
        assertRefused(file, "b.mp4");
    }

    @Test
    void open_twentyThousandSquared_isRefusedFromTheHeader() throws IOException {
        byte[] jpeg =
                HexFormat.of().parseHex("FFD8FFC00011084E204E2003011100021101031101FFDA000C03010002110311003F00FFD9");
        assertRefused(Files.write(folder.resolve("huge.jpg"), jpeg), "33 megapixels");
        assertRefused(hugePng(), "33 megapixels");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exec:ls",
                "concat:a.mp4|b.mp4",
                "lavfi:testsrc",
                "subfile:a",
                "data:image/png;base64,AA",
                "pipe:0"
            })
    void source_addressOfAnotherProtocol_isJustAFileThatIsNotThere(String address) {
        assertThat(new FileScheme()
                        .source("file:" + address, SourceOptions.DEFAULTS)
                        .absence()
                        .orElseThrow())
                .contains("there is no file");
        assertThat(refusal(address)).contains("there is no file");
    }

    /** What is said of an address that is no file's, at once or when it is looked for. */
    private static String refusal(String address) {
        try {
            return new FileScheme()
                    .source(address, SourceOptions.DEFAULTS)
                    .absence()
                    .orElseThrow();
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"list.m3u8", "list.txt", "list.concat", "list.mp4", "session.sdp", "list.mpd", "list.jpg"})
    void open_listThatPointsElsewhere_opensNothing(String name) throws Exception {
        Path other = VideoFiles.pattern(folder.resolve("other.ts"), "libopenh264", 160, 120, 30, 5);
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + server.getLocalPort() + "/a.ts";
            for (String list : new String[] {
                "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n" + url + "\n#EXT-X-ENDLIST\n",
                "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n" + other + "\n#EXT-X-ENDLIST\n",
                "ffconcat version 1.0\nfile '" + other.getFileName() + "'\n",
                "ffconcat version 1.0\nfile '" + url + "'\n",
                "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video " + server.getLocalPort()
                        + " RTP/AVP 96\na=rtpmap:96 H264/90000\n",
                "<?xml version=\"1.0\"?>\n<MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\"><Period>"
                        + "<AdaptationSet mimeType=\"video/mp4\"><Representation id=\"1\" bandwidth=\"1\"><BaseURL>"
                        + url + "</BaseURL></Representation></AdaptationSet></Period></MPD>\n"
            }) {
                assertRefused(Files.writeString(folder.resolve(name), list), name);
            }
            server.setSoTimeout(1);
            assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    private static void assertRefused(Path file, String message) {
        assertThatThrownBy(() -> {
                    try (SourceReader reader = source(file).open(new Numbering(CaptureClock.system()))) {
                        reader.read();
                    }
                })
                .isInstanceOf(SourceException.class)
                .hasMessageContaining(message);
    }

    private static Source source(Path file) {
        return new FileScheme().source(file.toString(), SourceOptions.DEFAULTS);
    }

    /** A PNG of which there is no more than its header. */
    private Path hugePng() throws IOException {
        byte[] header = HexFormat.of().parseHex("4948445200004E2000004E200802000000");
        CRC32 checksum = new CRC32();
        checksum.update(header);
        Path file = folder.resolve("huge.png");
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            out.writeLong(0x89504E470D0A1A0AL);
            out.writeInt(13);
            out.write(header);
            out.writeInt((int) checksum.getValue());
            out.write(HexFormat.of().parseHex("0000000049444154 35AF061E".replace(" ", "")));
            out.write(new byte[1000]);
        }
        return file;
    }
}
