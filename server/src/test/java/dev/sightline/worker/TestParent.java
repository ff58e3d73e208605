package dev.sightline.worker;

import java.nio.file.Path;
import java.util.Set;

/** A server that has a worker and says in which process, until it is killed; to be run in a process of its own. */
final class TestParent {
    private TestParent() {}

    public static void main(String[] arguments) throws Exception {
        WorkerLaunch launch =
                TestLaunch.of(TestBody.Main.class, Path.of(arguments[0]), Set.of(), Boolean.parseBoolean(arguments[1]));
        WorkerPool pool = new WorkerPool(launch, TestLaunch.SETTINGS);
        TestTenant tenant = new TestTenant();
        Worker worker = pool.worker("test");
        worker.use(tenant, Confinement.STRICT);
        tenant.nextLink();
        while (worker.status().pid().isEmpty()) {
            Thread.onSpinWait();
        }
        System.out.println(worker.status().pid().getAsLong());
        System.in.read();
    }
}
