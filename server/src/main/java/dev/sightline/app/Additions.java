package dev.sightline.app;

import dev.sightline.http.Routes;
import dev.sightline.processor.ProcessorFactory;
import java.util.Collection;
import java.util.List;

/**
 * What a program brings in code besides its configuration.
 *
 * @param processors processors that the configuration names
 * @param routes addresses of its own, which come before Sightline's
 * @param addresses further addresses of its streams
 */
public record Additions(
        Collection<? extends ProcessorFactory<?>> processors, Routes routes, List<StreamAddress> addresses) {

    /** Copies the collections. */
    public Additions {
        processors = List.copyOf(processors);
        addresses = List.copyOf(addresses);
    }

    /** A program without anything of its own. */
    public static Additions none() {
        return new Additions(List.of(), new Routes(), List.of());
    }
}
