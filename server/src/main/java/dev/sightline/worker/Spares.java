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

    /** What all workers with the network may reach together, and all without. */
    private List<Confinement> kinds() {
        List<Confinement> kinds = new ArrayList<>();
        for (boolean network : new boolean[] {true, false}) {
            wanted.get().stream()
                    .filter(each -> each.network() == network)
                    .reduce(Confinement::and)
                    .ifPresent(kinds::add);
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
