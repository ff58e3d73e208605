package dev.sightline.config;

import dev.sightline.processor.Parameter;
import java.lang.reflect.RecordComponent;

/** Checks records made by code against the ranges in {@link Parameter}, as {@link RecordBinder} does for written ones. */
public final class Ranges {
    private Ranges() {}

    /**
     * Reports each number out of range, also in nested records.
     *
     * @param section the record's name in messages
     */
    public static void check(String section, Record record, Problems problems) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = value(component, record);
            Parameter parameter = component.getAnnotation(Parameter.class);
            String key = RecordBinder.dashed(component.getName());
            if (value instanceof Record inner) {
                check(RecordBinder.isUnwrapped(component) ? section : section + ": " + key, inner, problems);
            } else if (value instanceof Number number && parameter != null) {
                try {
                    ScalarValue.checkRange(number.doubleValue(), number.toString(), parameter);
                } catch (IllegalArgumentException e) {
                    problems.add(section + ": '" + key + "' " + e.getMessage());
                }
            }
        }
    }

    /** What a record has for a component. */
    static Object value(RecordComponent component, Record record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the record " + record.getClass().getName() + " cannot be read", e);
        }
    }
}
