package dev.sightline.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a JVM's report of a crash says, and which reports are kept. */
class CrashReportTest {
    private static final String REPORT = """
            #
            # A fatal error has been detected by the Java Runtime Environment:
            #
            #  SIGSEGV (0xb) at pc=0x00007f6a1c0d5f14, pid=2, tid=9
            #
            # Problematic frame:
            # C  [libavcodec.so.62+0x85f14]  avcodec_send_packet+0x14
            #
            ---------------  T H R E A D  ---------------

            Current thread (0x00007f6a14028d80):  JavaThread "door-stream" [_thread_in_native, id=9, stack(0x0,0x1)]
            """;

    @TempDir
    private Path folder;

    @Test
    void read_aReport_givesSignalLibraryAndThread() throws Exception {
        CrashReport report =
                CrashReport.read(Files.writeString(folder.resolve("r"), REPORT)).orElseThrow();
        assertThat(report.reason()).isEqualTo("it crashed with SIGSEGV in libavcodec.so.62");
        assertThat(report.thread()).contains("door-stream");
    }

    @Test
    void read_nothing_givesNothing() throws Exception {
        assertThat(CrashReport.read(folder.resolve("absent"))).isEmpty();
        assertThat(CrashReport.read(Files.writeString(folder.resolve("r"), "# \n")))
                .isEmpty();
    }

    @Test
    void keep_moreThanFive_removesTheOldest_andCutsWhatIsLong() throws Exception {
        Path report = Files.write(folder.resolve("r"), new byte[CrashFolder.MOST_BYTES + 1]);
        Path kept = folder.resolve("kept");
        for (int i = 0; i < CrashFolder.MOST + 3; i++) {
            new CrashFolder(kept).keep(report, 1_700_000_000_000L + i);
        }
        try (Stream<Path> files = Files.list(kept)) {
            assertThat(files)
                    .hasSize(CrashFolder.MOST)
                    .allSatisfy(file -> assertThat(file).hasSize(CrashFolder.MOST_BYTES));
        }
        assertThat(kept.resolve("worker-crash-1700000000000.log")).doesNotExist();
    }
}
