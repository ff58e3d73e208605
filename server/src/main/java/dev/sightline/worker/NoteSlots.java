package dev.sightline.worker;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * The memory of work notes: a small file that both processes map. What a process has written there, the system keeps when it
 * crashes, is stopped or killed. Each slot holds a number that is odd while work goes on and grows with each begin and end, the
 * name of the stream, whether its work may wait, and the name of the thread.
 */
final class NoteSlots {
    static final int COUNT = 256;
    private static final int SLOT = 160;
    private static final int STREAM_AT = 8;
    private static final int WAITING_AT = 74;
    private static final int THREAD_AT = 80;
    private static final int MOST_NAME = 64;
    private static final VarHandle NUMBERS =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final MappedByteBuffer memory;

    private NoteSlots(MappedByteBuffer memory) {
        this.memory = memory;
    }

    /** Makes the file. */
    static NoteSlots create(Path file) throws IOException {
        return map(file, StandardOpenOption.CREATE_NEW);
    }

    /** Maps a file that {@link #create} made. */
    static NoteSlots open(Path file) throws IOException {
        return map(file, StandardOpenOption.WRITE);
    }

    private static NoteSlots map(Path file, StandardOpenOption option) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, option)) {
            return new NoteSlots(channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) COUNT * SLOT));
        }
    }

    /** How often work began and ended in a slot; odd while it goes on. */
    long number(int slot) {
        return (long) NUMBERS.getOpaque(memory, slot * SLOT);
    }

    void setNumber(int slot, long number) {
        NUMBERS.setOpaque(memory, slot * SLOT, number);
    }

    String stream(int slot) {
        return name(slot * SLOT + STREAM_AT);
    }

    String thread(int slot) {
        return name(slot * SLOT + THREAD_AT);
    }

    boolean mayWait(int slot) {
        return memory.get(slot * SLOT + WAITING_AT) != 0;
    }

    void describe(int slot, String stream, boolean mayWait, String thread) {
        memory.put(slot * SLOT + WAITING_AT, (byte) (mayWait ? 1 : 0));
        setName(slot * SLOT + STREAM_AT, stream);
        setName(slot * SLOT + THREAD_AT, thread);
    }

    /** A thread's name as it stands in a slot. */
    static String cut(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String name) {
        byte[] all = name.getBytes(StandardCharsets.UTF_8);
        return all.length <= MOST_NAME ? all : Arrays.copyOf(all, MOST_NAME);
    }

    private void setName(int at, String name) {
        byte[] bytes = bytes(name);
        memory.put(at, (byte) bytes.length);
        memory.put(at + 1, bytes);
    }

    /** The other process may have written anything. */
    private String name(int at) {
        byte[] bytes = new byte[Math.max(0, Math.min(MOST_NAME, memory.get(at)))];
        ByteBuffer copy = memory.duplicate();
        copy.position(at + 1);
        copy.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
