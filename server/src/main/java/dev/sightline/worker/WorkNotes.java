package dev.sightline.worker;

/**
 * Notes, for the other process, of which streams are being worked on, in memory that outlives a crash of this one. The process
 * that reads them after the death charges it to these streams, and counts as hung what stands there for too long.
 */
public interface WorkNotes {
    /** Notes that nobody reads, for work in the server's own process. */
    WorkNotes NONE = stream -> WorkNote.NONE;

    /**
     * A note for work on a stream, for the calling thread alone: its name stands in it, too. There are some hundred; beyond
     * these a note is given that nobody reads.
     *
     * @param stream its name
     */
    WorkNote note(String stream);
}
