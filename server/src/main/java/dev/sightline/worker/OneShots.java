package dev.sightline.worker;

import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processes that do one thing each and then end. None of them is a spare before, so that the spare stays there for streams;
 * none follows one that died, and nobody is charged with its death. For the pool's thread, except for the counts.
 */
final class OneShots implements ChildProcess.Owner {
    private static final Logger LOG = LoggerFactory.getLogger(OneShots.class);
    /** Somebody waits for the answer, unlike for a spare. */
    private static final Duration START = Duration.ofSeconds(30);

    private final Map<ChildProcess, Job> jobs = new LinkedHashMap<>();
    private final Map<Death.Cause, Long> deaths = new EnumMap<>(Death.Cause.class);
    private long starts;
    private volatile OneShot.Counts counts = OneShot.Counts.NONE;

    /** What a process does, and until when it must have come up, or have ended. */
    private record Job(OneShot shot, Tenant tenant, boolean begun, long deadlineNanos) {
        static Job starting(OneShot shot, Tenant tenant) {
            return new Job(shot, tenant, false, System.nanoTime() + START.toNanos());
        }

        Job begin() {
            return new Job(
                    shot, tenant, true, System.nanoTime() + shot.longest().toNanos());
        }
    }

    /** A process was started for the work, unless the system refused. */
    void started(Optional<ChildProcess> child, OneShot shot, Tenant tenant) {
        child.ifPresentOrElse(
                each -> jobs.put(each, Job.starting(shot, tenant)),
                () -> tenant.down(new Death(Death.Cause.EXIT, "it cannot be started", Set.of())));
    }

    /** The work is done: its process may go. */
    void end(Tenant tenant) {
        List<ChildProcess> over = jobs.entrySet().stream()
                .filter(each -> each.getValue().tenant == tenant)
                .map(Map.Entry::getKey)
                .toList();
        over.forEach(jobs::remove);
        over.forEach(ChildProcess::end);
    }

    void tick(long nowNanos) {
        Map.copyOf(jobs).forEach((child, job) -> {
            child.tick(nowNanos);
            if (nowNanos - job.deadlineNanos > 0) {
                late(child, job);
            }
        });
    }

    private static void late(ChildProcess child, Job job) {
        if (job.begun) {
            child.kill(
                    Death.Cause.HANG, "it did not end in " + job.shot.longest().toSeconds() + " s");
        } else {
            child.kill(Death.Cause.EXIT, "it did not come up in " + START.toSeconds() + " s");
        }
    }

    @Override
    public void ready(ChildProcess child) {
        Job job = jobs.computeIfPresent(child, (same, starting) -> starting.begin());
        if (job != null) {
            starts++;
            count();
            LOG.debug("'{}' works in process {}", job.shot.name(), child.pid());
            child.begin(job.shot.name(), job.tenant);
        }
    }

    @Override
    public void died(ChildProcess child, Death death) {
        Job job = jobs.remove(child);
        if (job != null) {
            String what = job.begun ? "has died" : "did not start";
            LOG.warn("the process of '{}' {}: {}", job.shot.name(), what, death.reason());
            deaths.merge(death.cause(), 1L, Long::sum);
            count();
            job.tenant.down(death);
        }
    }

    private void count() {
        counts = new OneShot.Counts(starts, deaths);
    }

    /** How they fared. By any thread. */
    OneShot.Counts counts() {
        return counts;
    }

    List<ChildProcess> children() {
        return List.copyOf(jobs.keySet());
    }
}
