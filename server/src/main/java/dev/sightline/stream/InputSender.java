package dev.sightline.stream;

import dev.sightline.refusal.RefusedException;
import dev.sightline.refusal.RefusedException.Reason;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One client that sends inputs to streams' processors, the same on every transport. Used by one thread at a time; no call waits. */
public final class InputSender {
    /** Inputs that a client may send per second. */
    public static final int PER_SECOND = 50;

    /** Inputs that a client may send at once, after a time with fewer. */
    public static final int AT_ONCE = 100;

    /** The longest text with an input, in characters. */
    public static final int MOST_CHARACTERS = InputJson.MOST_CHARACTERS;

    private final BooleanSupplier allowance;

    /**
     * Creates a client.
     *
     * @param allowance whether it may send one more now; each answer counts as one
     */
    public InputSender(BooleanSupplier allowance) {
        this.allowance = allowance;
    }

    /**
     * Sends an input.
     *
     * @param json {@code {name, seq?, x?, y?, …}}
     * @throws RefusedException if the client sends too many, this is no input, or the stream does not take it
     */
    public void send(LiveStream stream, String json) throws RefusedException {
        checkRate();
        stream.input(InputJson.read(InputJson.parse(json)));
    }

    /**
     * Sends an input.
     *
     * @param said the same as a value of JSON: objects as maps, numbers as {@link Number}
     * @throws RefusedException as above
     */
    public void sendValue(LiveStream stream, @Nullable Object said) throws RefusedException {
        checkRate();
        stream.input(InputJson.read(said));
    }

    private void checkRate() throws RefusedException {
        if (!allowance.getAsBoolean()) {
            throw new RefusedException(
                    Reason.TOO_MANY, "more than " + PER_SECOND + " inputs per second; send the rest later, or fewer");
        }
    }
}
