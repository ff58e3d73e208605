package dev.sightline.app.configuration;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches files by their folders, so that a file which an editor replaces by renaming is seen too. A change counts when two looks
 * agree, since a file may be half written. Every two seconds it looks without being told, for file systems that tell nothing.
 */
public final class ConfigWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigWatch.class);
    private static final long BETWEEN_LOOKS_MILLIS = 2_000;
    private static final long QUIET_MILLIS = 40;
    /** An editor may remove a file before it writes it. */
    private static final long ABSENT_QUIET_MILLIS = 500;

    private final Supplier<Set<Path>> files;
    private final Runnable onChange;
    private final WatchService service;
    private final Map<Path, WatchKey> folders = new HashMap<>();
    private Map<Path, String> known = Map.of();
    private final Thread thread = new Thread(this::run, "sightline-configuration-watch");

    private ConfigWatch(Supplier<Set<Path>> files, Runnable onChange, WatchService service) {
        this.files = files;
        this.onChange = onChange;
        this.service = service;
    }

    /**
     * Starts to watch, with a thread of its own: a change after this returns is noticed.
     *
     * @param files which are asked for at each look
     * @param onChange is called after a change of any of them
     * @throws IOException if this system watches no files
     */
    public static ConfigWatch start(Supplier<Set<Path>> files, Runnable onChange) throws IOException {
        ConfigWatch watch =
                new ConfigWatch(files, onChange, FileSystems.getDefault().newWatchService());
        watch.known = watch.look();
        watch.thread.setDaemon(true);
        watch.thread.start();
        return watch;
    }

    private void run() {
        try {
            while (true) {
                WatchKey key = service.poll(BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS);
                discard(key);
                Map<Path, String> seen = look();
                if (!seen.equals(known)) {
                    known = settled(seen);
                    onChange.run();
                }
            }
        } catch (InterruptedException | ClosedWatchServiceException e) {
            LOG.debug("the configuration is not watched any more");
        }
    }

    /** Waits until two looks agree. */
    private Map<Path, String> settled(Map<Path, String> first) throws InterruptedException {
        Map<Path, String> before = first;
        while (true) {
            boolean absent = before.containsValue("");
            Thread.sleep(absent ? ABSENT_QUIET_MILLIS : QUIET_MILLIS);
            Map<Path, String> now = look();
            if (now.equals(before)) {
                return now;
            }
            before = now;
        }
    }

    private void discard(@Nullable WatchKey key) {
        for (WatchKey next = key; next != null; next = service.poll()) {
            next.pollEvents();
            next.reset();
        }
    }

    /** What identifies the content of each file now. */
    private Map<Path, String> look() {
        Map<Path, String> looks = new HashMap<>();
        Set<Path> wanted = new HashSet<>();
        for (Path file : files.get()) {
            looks.put(file, stamp(file));
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                wanted.add(folder);
            }
        }
        watch(wanted);
        return looks;
    }

    private void watch(Set<Path> wanted) {
        folders.keySet().removeIf(folder -> {
            WatchKey key = folders.get(folder);
            boolean unwanted = !wanted.contains(folder) || key != null && !key.isValid();
            if (unwanted && key != null) {
                key.cancel();
            }
            return unwanted;
        });
        for (Path folder : wanted) {
            if (!folders.containsKey(folder)) {
                try {
                    folders.put(
                            folder,
                            folder.register(
                                    service,
                                    StandardWatchEventKinds.ENTRY_CREATE,
                                    StandardWatchEventKinds.ENTRY_MODIFY,
                                    StandardWatchEventKinds.ENTRY_DELETE));
                } catch (IOException e) {
                    LOG.debug("{} is looked at every two seconds: {}", folder, e.toString());
                }
            }
        }
    }

    private static String stamp(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.size() + " " + attributes.lastModifiedTime() + " " + attributes.fileKey();
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            service.close();
        } catch (IOException e) {
            LOG.debug("the watch did not close", e);
        }
    }
}
