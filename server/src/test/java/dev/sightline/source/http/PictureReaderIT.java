package dev.sightline.source.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.frame.CaptureClock;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.source.Numbering;
import dev.sightline.source.SourceOptions;
import dev.sightline.source.SourceOptions.Deinterlace;
import dev.sightline.source.SourceOptions.RtspTransport;
import dev.sightline.source.SourceReader;
import dev.sightline.testkit.Pictures;
import java.io.OutputStream;
import java.util.concurrent.Semaphore;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures from servers with a script. */
class PictureReaderIT {
    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String MULTIPART = "Content-Type: multipart/x-mixed-replace; boundary=f\r\n";
    private static final String PART = "--f\r\n\r\n";
    private static final byte[] JPEG = Pictures.plain(320, 240, 200);
    private static final Mat PICTURE = Pictures.decode(JPEG);

    /** The server sends a picture only when the one before has been seen. */
    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "identity"})
    void read_compressedStream_givesEachPictureWithItsLastByte(String coding) throws Exception {
        Semaphore seen = new Semaphore(1);
        try (ScriptedServer server = ScriptedServer.start((request, number, out) -> {
                    out.write(ScriptedServer.join(OK, MULTIPART, "Content-Encoding: ", coding, "\r\n\r\n"));
                    OutputStream body = Compression.to(out, coding);
                    while (true) {
                        seen.acquire();
                        body.write(ScriptedServer.join(PART, JPEG));
                        body.flush();
                    }
                });
                SourceReader reader = open(server, true)) {
            for (int i = 0; i < 5; i++) {
                assertThat(reader.read()).isPresent();
                seen.release();
            }
        }
    }

    @Test
    void read_streamOfPicturesWithoutLoop_isAskedForAgainWhenItIsLost() throws Exception {
        try (ScriptedServer server = ScriptedServer.start((request, number, out) -> {
                    byte[] once = ScriptedServer.join(JPEG);
                    byte[] thrice = ScriptedServer.join(JPEG, JPEG, JPEG);
                    out.write(ScriptedServer.join(OK, "\r\n", number == 2 ? once : thrice));
                });
                SourceReader reader = open(server, false)) {
            for (int i = 0; i < 7; i++) {
                assertThat(reader.read()).as("picture %d", i).isPresent();
            }
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void read_slowStreamOfPicturesWithoutLoop_isNoStill() throws Exception {
        try (ScriptedServer server = ScriptedServer.start((request, number, out) -> {
                    out.write(ScriptedServer.join(OK, "\r\n", JPEG));
                    out.flush();
                    Thread.sleep(600); // its pace: longer than a still is waited for
                    out.write(JPEG);
                });
                SourceReader reader = open(server, false)) {
            assertThat(reader.read()).isPresent();
            assertThat(reader.read()).isPresent();
            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Content-Type: image/bmp\r\n"})
    void read_bitmap_isAskedForAgainAndAgain(String type) throws Exception {
        byte[] bitmap = Pictures.encode(".bmp", PICTURE);
        try (ScriptedServer server = ScriptedServer.answering(OK, type, "\r\n", bitmap);
                SourceReader reader = open(server, true)) {
            for (int i = 0; i < 3; i++) {
                EncodedFrame picture = (EncodedFrame) reader.read().orElseThrow();
                assertThat(picture.width()).isEqualTo(320);
                assertThat(picture.height()).isEqualTo(240);
                assertThat(picture.size()).isEqualTo(bitmap.length);
            }
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void read_singlePictureWithoutLoop_ends() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(OK, "\r\n", JPEG);
                SourceReader reader = open(server, false)) {
            assertThat(reader.read()).isPresent();
            assertThat(reader.read()).isEmpty();
            assertThat(server.requests()).hasSize(1);
        }
    }

    private static SourceReader open(ScriptedServer server, boolean loop) throws Exception {
        SourceOptions options = new SourceOptions(loop, RtspTransport.TCP, Deinterlace.AUTO);
        return new HttpScheme().source(server.address() + "/x", options).open(new Numbering(CaptureClock.system()));
    }
}
