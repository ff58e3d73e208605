package dev.sightline.processor;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes one component of a parameter or configuration record, and the values it takes.
 *
 * <p>The key in configurations is the component's name in lower-case-dashed form: {@code minNeighbors} becomes {@code
 * min-neighbors}. Types: {@code int long double boolean String}, an enum (its constants lower-case-dashed), {@code
 * java.time.Duration} ({@code 500ms}, {@code 10s}, {@code 2m}), a nested record, and {@code Optional} or {@code List} of these.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Parameter {

    /** One sentence: what it is, and its unit. */
    String value();

    /**
     * The default as written in a configuration. If empty, an Optional, List or nested record may be left out; any other value
     * is mandatory.
     */
    String byDefault() default "";

    /** The smallest number allowed. */
    double min() default Double.NEGATIVE_INFINITY;

    /** The largest number allowed. */
    double max() default Double.POSITIVE_INFINITY;

    /** The unit of a number as shown beside a form field, for example {@code px}, {@code ms} or {@code %}; empty if it has none. */
    String unit() default "";

    /**
     * Whether only the configuration file and code may set it, and never the API of a running server. Set it for all that names
     * code to run, classes to load, or files and addresses to read or write.
     */
    boolean fileOnly() default false;
}
