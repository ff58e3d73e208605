package dev.sightline.processors;

import dev.sightline.frame.Frame;
import dev.sightline.processor.FrameProcessor;
import dev.sightline.processor.Parameter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** The processor {@code clock}: writes the capture time into the frame, not the time of processing. */
public final class Clock extends BuiltIn<Clock.Parameters> {

    /**
     * The parameters of {@code clock}.
     *
     * @param pattern of {@link DateTimeFormatter}
     * @param zone the computer's if left out
     * @param position where
     * @param size height of a capital letter, as a fraction of the frame's height
     * @param color of the digits
     */
    public record Parameters(
            @Parameter(
                    value = "How the time is written, in the letters of Java's DateTimeFormatter.",
                    byDefault = "HH:mm:ss")
            String pattern,

            @Parameter("Time zone, for example Europe/Berlin or +02:00; left out, the computer's.")
            Optional<String> zone,

            @Parameter(value = "Where in the picture.", byDefault = "top-left")
            Position position,

            @Parameter(
                    value = "Height of a digit, as a fraction of the picture's height.",
                    byDefault = "0.05",
                    min = 0.01,
                    max = 0.5)
            double size,

            @Parameter(value = "Colour of the digits: a name or six hexadecimal digits.", byDefault = "white")
            String color) {

        /** Refuses a pattern that cannot format a time, an unknown zone and an unknown colour. */
        public Parameters {
            Color.of(color);
            formatter(pattern, zone);
        }
    }

    /** The factory, for ServiceLoader. */
    public Clock() {
        super("clock", "Writes the capture time into the picture.", Parameters.class);
    }

    @Override
    FrameProcessor make(Parameters parameters) {
        DateTimeFormatter formatter = formatter(parameters.pattern(), parameters.zone());
        Lettering lettering = new Lettering(parameters.position(), Color.of(parameters.color()), parameters.size());
        return new Writer(lettering, frame -> formatter.format(captureTime(frame)));
    }

    private static Instant captureTime(Frame frame) {
        return Instant.ofEpochSecond(0, frame.captureNanos());
    }

    private static DateTimeFormatter formatter(String pattern, Optional<String> zone) {
        ZoneId where = zone.map(Clock::zone).orElseGet(ZoneId::systemDefault);
        try {
            DateTimeFormatter formatter = DateTimeFormatter.ofPattern(Lettering.drawable(pattern), Locale.ENGLISH)
                    .withZone(where);
            Lettering.drawable(formatter.format(Instant.EPOCH));
            return formatter;
        } catch (IllegalArgumentException | DateTimeException failure) {
            throw new IllegalArgumentException(
                    "the clock cannot write '" + pattern + "': " + failure.getMessage(), failure);
        }
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException failure) {
            throw new IllegalArgumentException(
                    "no time zone '" + name + "': write it like Europe/Berlin or +02:00", failure);
        }
    }
}
