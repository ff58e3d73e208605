package dev.sightline.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A user's processor {@code bad} that does what its parameter says; it is compiled where it runs. */
final class BadProcessor {
    private static final String CODE = """
            import dev.sightline.processor.*;
            import java.util.concurrent.locks.LockSupport;
            import org.bytedeco.javacpp.Pointer;

            public final class Bad implements ProcessorFactory<Bad.How> {
                private static final int CHUNK = 16 << 20;

                public record How(@Parameter("What it does.") String does) {}
                public String name() { return "bad"; }
                public String description() { return "Does what it should not."; }
                public Class<How> parameters() { return How.class; }
                public FrameProcessor create(How how) { return frame -> act(how.does()); }

                private static void act(String what) {
                    switch (what) {
                        case "throws" -> throw new IllegalStateException("as it was told");
                        case "hangs" -> { while (true) LockSupport.park(); }
                        case "leaks" -> Pointer.memset(Pointer.malloc(CHUNK), 1, CHUNK);
                        case "crashes" -> Pointer.memset(new Pointer() {{ address = 8; }}, 1, CHUNK);
                        default -> { }
                    }
                }
            }
            """;

    private BadProcessor() {}

    /** Writes {@code Bad.java} into a folder. */
    static void write(Path folder) throws IOException {
        Files.writeString(folder.resolve("Bad.java"), CODE);
    }
}
