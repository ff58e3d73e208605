package dev.sightline.worker;

/**
 * Notes, for the other process, of which streams are being worked on, in memory that outlives a crash of this one. The process
 * that reads them after the death charges it to these streams, and counts as hung what stands there for too long.
 */
public interface WorkNotes {
    /** Notes that nobody reads, for work in the server's own process. */
    WorkNotes NONE = new WorkNotes() {
        @Override
        public WorkNote note(String stream) {
            return WorkNote.NONE;
        }

        @Override
        public WorkNote waiting(String stream) {
            return WorkNote.NONE;
        }
    };

    /**
     * A note for work on a stream, for the calling thread alone: its name stands in it, too. There are some hundred; beyond
     * these a note is given that nobody reads.
     *
     * @param stream its name
     */
    WorkNote note(String stream);

    /**
     * A note for a thread that may wait in native code for as long as it likes, such as one that reads from a source. It never
     * counts as a hang; and a crash is charged to its stream only if that very thread crashed.
     */
    WorkNote waiting(String stream);
}
