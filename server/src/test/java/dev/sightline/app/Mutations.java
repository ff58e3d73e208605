package dev.sightline.app;

import java.util.Arrays;
import java.util.Random;

/** Makes damaged copies of media, the same ones in every run of a seed. For one thread. */
final class Mutations {
    private static final int MOST_CHANGES = 24;
    private static final byte[] NOTABLE = {0, 1, 0x7f, (byte) 0x80, (byte) 0xff};

    private final Random random;

    Mutations(long seed) {
        random = new Random(seed);
    }

    /**
     * A damaged copy.
     *
     * @param spared bytes at the start that stay as they are in every second copy: what they damage is refused early
     */
    byte[] of(byte[] sound, int spared) {
        byte[] copy = sound.clone();
        int from = random.nextBoolean() ? Math.min(spared, copy.length / 2) : 0;
        int changes = 1 + random.nextInt(MOST_CHANGES);
        for (int i = 0; i < changes; i++) {
            change(copy, from + random.nextInt(copy.length - from), from);
        }
        return random.nextInt(8) == 0 ? Arrays.copyOf(copy, from + random.nextInt(copy.length - from)) : copy;
    }

    private void change(byte[] bytes, int at, int from) {
        switch (random.nextInt(4)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt();
            case 2 -> bytes[at] = NOTABLE[random.nextInt(NOTABLE.length)];
            default -> copyPart(bytes, at, from);
        }
    }

    /** Bytes of another place lie where they do not belong. */
    private void copyPart(byte[] bytes, int at, int from) {
        int length = Math.min(1 + random.nextInt(64), bytes.length - at);
        int source = from + random.nextInt(bytes.length - from - length + 1);
        System.arraycopy(bytes, source, bytes, at, length);
    }
}
