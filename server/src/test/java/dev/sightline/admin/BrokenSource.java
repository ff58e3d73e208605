package dev.sightline.admin;

import dev.sightline.source.Numbering;
import dev.sightline.source.Source;
import dev.sightline.source.SourceException;
import dev.sightline.source.SourceReader;
import java.util.Optional;

/** Cannot be opened, and says why in words of our choice. */
record BrokenSource(String why) implements Source {
    @Override
    public String address() {
        return "broken:" + why;
    }

    @Override
    public Optional<String> absence() {
        return Optional.empty();
    }

    @Override
    public SourceReader open(Numbering numbering) throws SourceException {
        throw new SourceException(why);
    }
}
