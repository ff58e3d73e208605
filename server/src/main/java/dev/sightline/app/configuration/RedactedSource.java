package dev.sightline.app.configuration;

import dev.sightline.config.Redaction;
import dev.sightline.source.Numbering;
import dev.sightline.source.Source;
import dev.sightline.source.SourceException;
import dev.sightline.source.SourceReader;
import java.util.Optional;

/** A source whose address came partly from the environment or from files, which must not be shown. */
record RedactedSource(Source source, Redaction redaction) implements Source {

    @Override
    public String address() {
        return redaction.apply(source.address());
    }

    @Override
    public Optional<String> absence() {
        return source.absence().map(redaction::apply);
    }

    @Override
    public String shown(String message) {
        return redaction.apply(source.shown(message));
    }

    @Override
    public SourceReader open(Numbering numbering) throws SourceException, InterruptedException {
        return source.open(numbering);
    }
}
