package dev.sightline.worker;

/** One thread's note of its work on one stream. Costs some nanoseconds. To be used by that thread alone. */
public interface WorkNote extends AutoCloseable {
    /** A note that nobody reads. */
    WorkNote NONE = new WorkNote() {
        @Override
        public void begin() {}

        @Override
        public void end() {}

        @Override
        public void close() {}
    };

    /** Work on one frame begins that may crash or hang: decoding, a processor, encoding. */
    void begin();

    /** It has ended. */
    void end();

    /** Gives the note back, when the thread will work on this stream no more. */
    @Override
    void close();
}
