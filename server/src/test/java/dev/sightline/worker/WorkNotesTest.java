package dev.sightline.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one process notes and another reads. */
class WorkNotesTest {
    private static final long LONGEST = 10;

    @TempDir
    private Path folder;

    private WorkNotes notes;
    private NotesReader reader;

    @BeforeEach
    void open() throws Exception {
        Path file = folder.resolve("notes");
        reader = new NotesReader(NoteSlots.create(file));
        notes = new MappedNotes(NoteSlots.open(file));
    }

    @Test
    void suspects_areThoseBeingWorkedOn() {
        WorkNote door = notes.note("door");
        WorkNote yard = notes.note("yard");
        door.begin();
        yard.begin();
        yard.end();
        assertThat(reader.suspects(Optional.empty())).containsExactly("door");
        door.close();
        assertThat(reader.suspects(Optional.empty())).isEmpty();
    }

    @Test
    void suspects_ofAKnownThread_isItsStreamAlone() throws InterruptedException {
        notes.note("door").begin();
        Thread thread = new Thread(() -> notes.waiting("yard").begin(), "yard-reader-" + "x".repeat(100));
        thread.start();
        thread.join();
        assertThat(reader.suspects(Optional.empty())).containsExactly("door");
        assertThat(reader.suspects(Optional.of(thread.getName()))).containsExactly("yard");
        assertThat(reader.suspects(Optional.of("main-of-the-JVM"))).containsExactly("door");
    }

    @Test
    void stuck_workThatDoesNotEnd_isFound() {
        WorkNote note = notes.note("door");
        note.begin();
        assertThat(reader.stuck(0, LONGEST)).isEmpty();
        assertThat(reader.stuck(LONGEST, LONGEST)).isEmpty();
        assertThat(reader.stuck(LONGEST + 1, LONGEST)).contains("door");
        note.end();
        assertThat(reader.stuck(LONGEST + 2, LONGEST)).isEmpty();
    }

    @Test
    void stuck_workThatEndsAndBeginsAgain_isWell() {
        WorkNote note = notes.note("door");
        for (int now = 0; now < 100; now += 6) {
            note.begin();
            assertThat(reader.stuck(now, LONGEST)).isEmpty();
            note.end();
        }
    }

    @Test
    void stuck_workThatMayWait_isWell() {
        notes.waiting("door").begin();
        reader.stuck(0, LONGEST);
        assertThat(reader.stuck(100 * LONGEST, LONGEST)).isEmpty();
    }

    @Test
    void note_beyondTheSlots_isReadByNobody_andASlotIsUsedAgain() {
        WorkNote first = notes.note("first");
        for (int i = 1; i < NoteSlots.COUNT; i++) {
            notes.note("other").begin();
        }
        notes.note("late").begin();
        assertThat(reader.suspects(Optional.empty())).containsExactly("other");
        first.close();
        notes.note("late").begin();
        assertThat(reader.suspects(Optional.empty())).containsExactlyInAnyOrder("other", "late");
    }
}
