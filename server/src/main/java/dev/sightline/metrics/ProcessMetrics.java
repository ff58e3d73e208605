package dev.sightline.metrics;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.OperatingSystemMXBean;
import java.lang.management.RuntimeMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The metrics of this process, with the names of Prometheus's own client libraries. */
final class ProcessMetrics {
    private static final Path STATUS = Path.of("/proc/self/status");

    private ProcessMetrics() {}

    static List<Family> read() {
        List<Family> families = new ArrayList<>();
        RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
        families.add(Family.gauge("process_start_time_seconds", "When the process started, since the Unix epoch.")
                .add(runtime.getStartTime() / 1e3));
        families.add(Family.gauge("process_uptime_seconds", "How long the process has been up.")
                .add(runtime.getUptime() / 1e3));
        addSystem(families, ManagementFactory.getOperatingSystemMXBean());
        residentBytes()
                .ifPresent(bytes -> families.add(
                        Family.gauge("process_resident_memory_bytes", "Memory the process holds, Java's and native.")
                                .add(bytes)));
        addJvm(families, ManagementFactory.getMemoryMXBean());
        return families;
    }

    private static void addSystem(List<Family> families, OperatingSystemMXBean system) {
        if (system instanceof com.sun.management.OperatingSystemMXBean process) {
            families.add(Family.counter("process_cpu_seconds", "Processor time used.")
                    .add(process.getProcessCpuTime() / 1e9));
        }
        if (system instanceof com.sun.management.UnixOperatingSystemMXBean unix) {
            families.add(
                    Family.gauge("process_open_fds", "Open file descriptors.").add(unix.getOpenFileDescriptorCount()));
        }
    }

    private static void addJvm(List<Family> families, MemoryMXBean memory) {
        families.add(Family.gauge("jvm_memory_used_bytes", "Memory that Java uses.")
                .add(memory.getHeapMemoryUsage().getUsed(), "area", "heap")
                .add(memory.getNonHeapMemoryUsage().getUsed(), "area", "nonheap"));
        families.add(Family.gauge("jvm_memory_committed_bytes", "Memory that Java holds ready, used or not.")
                .add(memory.getHeapMemoryUsage().getCommitted(), "area", "heap")
                .add(memory.getNonHeapMemoryUsage().getCommitted(), "area", "nonheap"));
        families.add(Family.gauge("jvm_threads_current", "Threads of Java.")
                .add(ManagementFactory.getThreadMXBean().getThreadCount()));
    }

    /** The resident memory by Linux; empty elsewhere. */
    private static OptionalLong residentBytes() {
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
