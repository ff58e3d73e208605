package dev.sightline.app.configuration;

import dev.sightline.config.ConfigException;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.Mirror;
import dev.sightline.stream.NamedStream;
import dev.sightline.stream.RemotePlan;
import dev.sightline.stream.RemoteWorker;
import dev.sightline.stream.StreamRegistry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A stream in a worker that goes on there, with its viewers. The worker changes it while this is prepared, as what fails there
 * must be known; it is changed back if something else fails.
 */
final class RemoteChange implements StreamChange {
    /** As long as a processor may take to be made, and then some. */
    private static final long LONGEST_SECONDS = 12;

    private final StreamPlan before;
    private final StreamPlan plan;
    private final StreamRegistry registry;
    private final NamedStream running;
    private boolean changed;

    RemoteChange(StreamPlan before, StreamPlan plan, StreamRegistry registry, NamedStream running) {
        this.before = before;
        this.plan = plan;
        this.registry = registry;
        this.running = running;
    }

    @Override
    public String stream() {
        return plan.name();
    }

    private RemoteWorker worker() {
        return registry.worker(plan.worker().orElseThrow());
    }

    @Override
    public void prepare() {
        RemotePlan told = plan.remote().orElseThrow().told();
        CompletableFuture<Void> answer = worker().configure(plan.name(), told).toCompletableFuture();
        try {
            answer.get(LONGEST_SECONDS, TimeUnit.SECONDS);
            changed = true;
        } catch (ExecutionException e) {
            throw new ConfigException(String.valueOf(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage()));
        } catch (TimeoutException e) {
            discardLate();
            throw new ConfigException("its worker did not change it within " + LONGEST_SECONDS + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConfigException("the server stops");
        }
    }

    /** It may still be changed, and is then changed back. */
    private void discardLate() {
        changed = true;
        discard();
    }

    @Override
    public CompletionStage<Void> commit() {
        if (running instanceof LiveStream stream) {
            commit(stream);
        } else if (running instanceof Mirror mirror) {
            mirror.limitSenders(plan.config().maxSenders());
            mirror.prepare(plan.recipe()).commit();
        }
        return CompletableFuture.completedFuture(null);
    }

    private void commit(LiveStream stream) {
        stream.limitViewers(plan.config().maxViewers());
        if (plan.source().isPresent()) {
            stream.read(plan.source().get());
        } else {
            stream.takePublishers(plan.recipe());
            stream.prepare(plan.recipe()).commit();
        }
    }

    @Override
    public void discard() {
        if (changed) {
            changed = false;
            worker().configure(before.name(), before.remote().orElseThrow().told());
        }
    }
}
