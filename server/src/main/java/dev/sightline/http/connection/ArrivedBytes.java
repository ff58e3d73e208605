package dev.sightline.http.connection;

import dev.sightline.http.limits.InputBudget;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes of an incomplete message, counted by the memory they take. They are stored in pieces, since a growing array is copied
 * again and again, and its old copies wait for the garbage collector.
 */
public final class ArrivedBytes {
    private static final int LARGEST_PIECE = 1024 * 1024;
    private static final byte[] NONE = {};

    private final InputBudget.Account input;
    private final List<byte[]> full = new ArrayList<>();
    private byte[] last = NONE;
    private int inLast;
    private int size;
    private int held;

    public ArrivedBytes(InputBudget.Account input) {
        this.input = input;
    }

    public int size() {
        return size;
    }

    public void add(byte[] more) {
        int fitting = Math.min(more.length, last.length - inLast);
        System.arraycopy(more, 0, last, inLast, fitting);
        inLast += fitting;
        int rest = more.length - fitting;
        if (rest > 0) {
            begin(Math.max(rest, Math.min(size, LARGEST_PIECE)));
            System.arraycopy(more, fitting, last, 0, rest);
            inLast = rest;
        }
        size += more.length;
    }

    /** Takes out all bytes. */
    public byte[] take() {
        byte[] all = last.length == size ? last : joined();
        // Not reused: arrays may be large, and there are many connections.
        full.clear();
        last = NONE;
        inLast = 0;
        size = 0;
        input.add(-held);
        held = 0;
        return all;
    }

    private void begin(int length) {
        if (last.length > 0) {
            full.add(last);
        }
        last = new byte[length];
        held += length;
        input.add(length);
    }

    private byte[] joined() {
        byte[] all = new byte[size];
        int to = 0;
        for (byte[] piece : full) {
            System.arraycopy(piece, 0, all, to, piece.length);
            to += piece.length;
        }
        System.arraycopy(last, 0, all, to, inLast);
        return all;
    }
}
