package dev.sightline.http;

import java.io.ByteArrayOutputStream;

/** Bytes of a message that is not complete, counted as what it holds: the memory that is taken for them. */
final class ArrivedBytes {
    private final InputBudget.Account input;
    private Growing bytes = new Growing();
    private int held;

    /** None yet. */
    ArrivedBytes(InputBudget.Account input) {
        this.input = input;
    }

    int size() {
        return bytes.size();
    }

    void add(byte[] more) {
        bytes.writeBytes(more);
        hold(bytes.capacity());
    }

    /** All of them; from here on there are none. */
    byte[] take() {
        byte[] all = bytes.toByteArray();
        // Not kept for the next: it may be large, and there are many connections.
        bytes = new Growing();
        hold(0);
        return all;
    }

    private void hold(int now) {
        int before = held;
        held = now;
        input.add(now - before);
    }

    private static final class Growing extends ByteArrayOutputStream {
        Growing() {
            super(0);
        }

        int capacity() {
            return buf.length;
        }
    }
}
