package dev.sightline.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A record of which one key may be written alone, as the section's only value: {@code auth: none} for {@code auth: {mode: none}}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Brief {
    /** That key. */
    String value();
}
