package dev.sightline.stream;

import dev.sightline.frame.Frame;
import dev.sightline.pipeline.Pipeline.NamedProcessor;
import dev.sightline.processor.StatefulProcessor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A processor that counts what is done with it, and hands the number of its frames on. */
final class Probe implements StatefulProcessor {
    final String name;
    final AtomicInteger closed = new AtomicInteger();
    volatile long frames;
    volatile boolean usedAfterClose;
    volatile boolean keepsItsState;
    volatile boolean interrupts;
    volatile Runnable onSave = () -> {};
    volatile Runnable onProcess = () -> {};

    private Probe(String name) {
        this.name = name;
    }

    /** Makes them, and remembers each. */
    static final class Maker implements Supplier<Probe> {
        private final String name;
        final List<Probe> made = new CopyOnWriteArrayList<>();

        Maker(String name) {
            this.name = name;
        }

        NamedProcessor named() {
            return new NamedProcessor(name, this);
        }

        @Override
        public Probe get() {
            Probe probe = new Probe(name);
            made.add(probe);
            return probe;
        }

        Probe only() {
            if (made.size() != 1) {
                throw new AssertionError(made.size() + " were made of " + name);
            }
            return made.get(0);
        }
    }

    @Override
    public void process(Frame frame) {
        use();
        frames++;
        onProcess.run();
        frame.metadata().put(name, frames);
    }

    @Override
    public Map<String, Object> saveState() {
        use();
        if (keepsItsState) {
            throw new IllegalStateException("it has none");
        }
        onSave.run();
        use();
        return Map.of("frames", frames);
    }

    @Override
    public void restoreState(Map<String, Object> state) {
        use();
        frames = (long) state.get("frames");
    }

    @Override
    public void close() {
        closed.incrementAndGet();
        if (interrupts) {
            Thread.currentThread().interrupt();
        }
    }

    private void use() {
        usedAfterClose |= closed.get() > 0;
    }
}
