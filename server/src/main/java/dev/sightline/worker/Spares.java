package dev.sightline.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The warm spare: a process that has loaded everything and waits for a worker whose own has died. There is one for all workers;
 * one more only where some workers have the network and others do not. For the pool's thread.
 */
final class Spares implements ChildProcess.Owner {
    private static final Logger LOG = LoggerFactory.getLogger(Spares.class);
    /** A new one starts when the streams of the worker that took the last one are up again. */
    private static final Duration CALM = Duration.ofSeconds(1);

    private final PoolThread thread;
    private final Supplier<List<Confinement>> wanted;
    private final Function<Confinement, Optional<ChildProcess>> starter;
    private final List<ChildProcess> children = new ArrayList<>();
    private final RestartPause pause = new RestartPause();
    private boolean arranged;

    /**
     * Creates the place of spares.
     *
     * @param wanted what the workers that are in use may reach
     * @param starter starts a process that belongs to these spares; empty if the system refuses
     */
    Spares(
            PoolThread thread,
            Supplier<List<Confinement>> wanted,
            Function<Confinement, Optional<ChildProcess>> starter) {
        this.thread = thread;
        this.wanted = wanted;
        this.starter = starter;
    }

    /** Takes one out, preferably one that is ready. */
    Optional<ChildProcess> take(Confinement confinement) {
        Optional<ChildProcess> taken = children.stream()
                .filter(child -> child.suits(confinement))
                .reduce((one, other) -> one.isReady() ? one : other);
        taken.ifPresent(children::remove);
        return taken;
    }

    /** Sees to it that there will be spares for the workers in use, and no others. */
    void arrange() {
        arrange(CALM);
    }

    private void arrange(Duration wait) {
        if (!arranged) {
            arranged = true;
            thread.after(wait, this::complete);
        }
    }

    private void complete() {
        arranged = false;
        List<Confinement> kinds = kinds();
        List<ChildProcess> useless = children.stream()
                .filter(child -> kinds.stream().noneMatch(child::suits))
                .toList();
        children.removeAll(useless);
        useless.forEach(ChildProcess::end);
        for (Confinement kind : kinds) {
            if (children.stream().noneMatch(child -> child.suits(kind))) {
                starter.apply(kind).ifPresent(children::add);
            }
        }
    }

    /** What all workers may reach together that differ in files at most. */
    private List<Confinement> kinds() {
        List<Confinement> kinds = new ArrayList<>();
        for (Confinement each : wanted.get()) {
            Optional<Confinement> like = kinds.stream().filter(each::isLike).findFirst();
            like.ifPresent(kinds::remove);
            kinds.add(like.map(each::and).orElse(each));
        }
        return kinds;
    }

    @Override
    public void ready(ChildProcess child) {
        LOG.debug("a spare worker process is ready");
    }

    @Override
    public void died(ChildProcess child, Death death) {
        children.remove(child);
        LOG.warn("the spare worker process is gone: {}", death.reason());
        arrange(pause.afterDeath(Duration.ZERO).plus(CALM));
    }

    /** How many are ready. */
    long ready() {
        return children.stream().filter(ChildProcess::isReady).count();
    }

    List<ChildProcess> children() {
        return List.copyOf(children);
    }
}
