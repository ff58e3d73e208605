package dev.sightline.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CulpritTest {
    @Test
    void describe_namesTheLineOfTheUsersOwnCode() {
        Exception failure = at(
                new IllegalStateException("no such\n  layer"),
                "java.util.Objects",
                "com.sun.proxy.Proxy1",
                "org.bytedeco.opencv.Mat",
                "dev.sightline.frame.Frame",
                "Faces",
                "Other");
        assertThat(describe(failure)).isEqualTo("no such layer (IllegalStateException at Faces.java:5)");
    }

    @Test
    void describe_aProcessorThatIsBuiltIn_hasItsLineToo() {
        Exception failure = at(new NullPointerException(), "java.util.List", "dev.sightline.processors.Blur", "Main");
        assertThat(describe(failure)).isEqualTo("NullPointerException at Blur.java:2");
    }

    @Test
    void describe_whoCalledTheCaller_isNotToBlame() {
        Exception failure = at(new IllegalStateException("x"), "java.util.List", CulpritTest.class.getName(), "Main");
        assertThat(describe(failure)).isEqualTo("x (IllegalStateException)");
    }

    @Test
    void describe_noCodeOfTheUsers_hasNoLine() {
        assertThat(describe(at(new IllegalStateException("x"), "dev.sightline.app.Other")))
                .isEqualTo("x (IllegalStateException)");
    }

    @Test
    void describe_whatOnlyWraps_isLeftOut_butNotWhatHasWordsOfItsOwn() {
        Exception root = at(new IOException("no disk"), "Faces");
        Exception own = at(new IllegalStateException("the model cannot be read", root), "Other");

        assertThat(describe(new InvocationTargetException(new UncheckedIOException((IOException) root))))
                .isEqualTo("no disk (IOException at Faces.java:1)");
        assertThat(describe(new RuntimeException(own)))
                .isEqualTo("the model cannot be read (IllegalStateException at Other.java:1)");
    }

    @Test
    void describe_aLongMessage_isCut() {
        assertThat(describe(at(new IllegalStateException("x".repeat(5_000)))))
                .hasSizeLessThan(250)
                .endsWith("x… (IllegalStateException)");
    }

    @Test
    void delay_namesWhatDoesNotReturn_andWhereItIs() {
        StackTraceElement[] stack = {
            new StackTraceElement("java.lang.Object", "wait", "Object.java", 1),
            new StackTraceElement("Model", "load", "Model.java", 33),
            new StackTraceElement("my.Faces", "<clinit>", "Faces.java", 7),
            new StackTraceElement("dev.sightline.pipeline.Step", "made", "Step.java", 9)
        };
        assertThat(Culprit.delay(stack))
                .isEqualTo("the static initializer of my.Faces does not return; it is at Model.java:33");
        stack[2] = new StackTraceElement("my.Faces", "<init>", "Faces.java", 7);
        assertThat(Culprit.delay(stack)).startsWith("the constructor of my.Faces does not return");
        assertThat(Culprit.delay(new StackTraceElement[] {stack[0], stack[3]}))
                .isEqualTo("its constructor, or a static initializer, does not return");
    }

    private static String describe(Throwable failure) {
        return Culprit.describe(failure, CulpritTest.class);
    }

    /** The failure as if thrown by these classes, each called by the next, at line 1, 2 and so on of its file. */
    private static Exception at(Exception failure, String... classes) {
        StackTraceElement[] trace = new StackTraceElement[classes.length];
        Arrays.setAll(
                trace,
                i -> new StackTraceElement(classes[i], "run", classes[i].replaceFirst(".*\\.", "") + ".java", i + 1));
        failure.setStackTrace(trace);
        return failure;
    }
}
