package dev.sightline.worker;

import java.io.IOException;
import java.lang.reflect.Field;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import sun.misc.Unsafe;

/** A worker that does what it is told, also the worst; in a child process. A message's text names the stream it is done for. */
public final class TestBody implements WorkerBody {
    private static final int CHUNK = 16 << 20;

    private final CountDownLatch over = new CountDownLatch(1);

    @Override
    public void run(Link link, WorkNotes notes) throws InterruptedException {
        link.onEnd(reason -> over.countDown());
        link.onMessage(message -> {
            switch (message.kind()) {
                case "echo" -> link.send(message);
                case "connect" -> link.send(answer(() -> connect(message.text())));
                case "write" -> link.send(answer(() -> Files.createFile(Path.of(message.text()))));
                case "read" -> link.send(answer(() -> Files.readString(Path.of(message.text()))));
                default -> new Thread(() -> obey(message, link, notes), message.text() + "-stream").start();
            }
        });
        over.await();
    }

    private void obey(Message message, Link link, WorkNotes notes) {
        WorkNote note = notes.note(message.text());
        note.begin();
        link.send(Message.of("begun"));
        switch (message.kind()) {
            case "crash" -> unsafe().putAddress(0, 0);
            case "heap" -> fillHeap();
            case "leak" -> leak();
            case "exit" -> over.countDown();
            default -> hang();
        }
    }

    private static Message answer(Attempt attempt) {
        try {
            attempt.run();
            return Message.of("done");
        } catch (IOException e) {
            return Message.of("failed", e.toString());
        }
    }

    private static void connect(String port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", Integer.parseInt(port)));
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

    /** What may fail. */
    private interface Attempt {
        void run() throws IOException;
    }

    /** The child's entry point. */
    static final class Main {
        private Main() {}

        public static void main(String[] arguments) throws Exception {
            System.exit(WorkerProcess.run(System.in, Runtime.getRuntime()::halt));
        }
    }
}
