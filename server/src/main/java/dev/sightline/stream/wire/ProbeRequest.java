package dev.sightline.stream.wire;

import dev.sightline.worker.Message;
import java.util.Map;

/**
 * Asks a process that is no stream's worker to open a source for a moment; answered by {@link ProbeAnswer}.
 *
 * @param source its address, secrets included
 * @param folder the base of relative files
 * @param egress the section of that name: where the source may lead
 * @param millis how long it may take
 */
public record ProbeRequest(String source, String folder, Map<String, Object> egress, long millis) {
    private static final String KIND = "probe";

    /** Writes it. */
    public Message message() {
        return WireJson.message(KIND, this);
    }

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static ProbeRequest read(Message message) {
        if (!message.kind().equals(KIND)) {
            throw new IllegalArgumentException("'" + message.kind() + "' asks for no source");
        }
        return WireJson.read(message, ProbeRequest.class);
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "ProbeRequest[" + millis + " ms]";
    }
}
