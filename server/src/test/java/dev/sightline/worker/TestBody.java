package dev.sightline.worker;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import sun.misc.Unsafe;

/** A worker that does what it is told, also the worst; in a child process. */
public final class TestBody implements WorkerBody {
    private static final int CHUNK = 16 << 20;

    private final CountDownLatch over = new CountDownLatch(1);

    @Override
    public void run(Link link, WorkNotes notes) throws InterruptedException {
        link.onEnd(reason -> over.countDown());
        link.onMessage(message -> {
            if (message.kind().equals("echo")) {
                link.send(message);
            } else {
                new Thread(() -> obey(message, notes), "door-stream").start();
            }
        });
        link.send(Message.of("hello", "from the child"));
        over.await();
    }

    private void obey(Message message, WorkNotes notes) {
        WorkNote note = message.text().isEmpty() ? WorkNote.NONE : notes.note(message.text());
        note.begin();
        switch (message.kind()) {
            case "crash" -> unsafe().putAddress(0, 0);
            case "heap" -> fillHeap();
            case "leak" -> leak();
            case "exit" -> over.countDown();
            default -> hang();
        }
    }

    private static void fillHeap() {
        List<byte[]> all = new ArrayList<>();
        while (true) {
            all.add(new byte[1 << 20]);
        }
    }

    private static void leak() {
        while (true) {
            unsafe().setMemory(unsafe().allocateMemory(CHUNK), CHUNK, (byte) 1);
        }
    }

    private static void hang() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Unsafe unsafe() {
        try {
            Field field = Unsafe.class.getDeclaredField("theUnsafe");
            field.setAccessible(true);
            return (Unsafe) field.get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The child's entry point. */
    static final class Main {
        private Main() {}

        public static void main(String[] arguments) throws Exception {
            int code = WorkerProcess.run(System.in, Runtime.getRuntime()::halt);
            System.exit(code);
        }
    }
}
