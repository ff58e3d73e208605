package dev.sightline.source.pattern;

import dev.sightline.frame.JpegHeader;
import dev.sightline.source.EgressRule;
import dev.sightline.source.Source;
import dev.sightline.source.SourceOptions;
import dev.sightline.source.SourceScheme;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses of test patterns: {@code pattern:}, {@code pattern:1280x720}, {@code pattern:1280x720@30}. */
public final class PatternScheme implements SourceScheme {
    private static final Pattern ADDRESS =
            Pattern.compile("pattern:(?:(\\d{1,6})x(\\d{1,6}))?(?:@(\\d{1,6}))?", Pattern.CASE_INSENSITIVE);
    private static final String EXAMPLE = "; a pattern is for example pattern:1280x720@30";

    public PatternScheme() {}

    @Override
    public Set<String> names() {
        return Set.of("pattern");
    }

    /** The test pattern of an address: 640x480 at 30 frames per second by default. */
    @Override
    public Source source(String address, SourceOptions options) {
        Matcher parts = ADDRESS.matcher(address.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + address + "' is not a pattern" + EXAMPLE);
        }
        int width = number("width", parts.group(1), 640, 16, 8192);
        int height = number("height", parts.group(2), 480, 16, 8192);
        int fps = number("number of pictures a second", parts.group(3), 30, 1, 240);
        if ((long) width * height > JpegHeader.MAX_PIXELS) {
            throw new IllegalArgumentException(
                    "a pattern of " + width + "x" + height + " is too large: at most 33 megapixels" + EXAMPLE);
        }
        return new PatternSource(width, height, fps);
    }

    private static int number(String what, String digits, int byDefault, int least, int most) {
        int number = digits == null ? byDefault : Integer.parseInt(digits);
        if (number < least || number > most) {
            throw new IllegalArgumentException("the " + what + " of a pattern lies between " + least + " and " + most
                    + ", not " + number + EXAMPLE);
        }
        return number;
    }

    /** It is made here. */
    @Override
    public void requireAllowed(String address, Path folder, EgressRule rule) {}
}
