package dev.sightline.app;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The signals that end the program: the first one in order, the second at once. The JVM's class for signals exists everywhere, but is
 * not official, so it is asked for by name.
 */
final class Signals {
    /** By signal, the exit code of an end in order; the JVM's own after SIGTERM, 143, is a failure to most supervisors. */
    private static final Map<String, Integer> CODES = Map.of("TERM", 0, "INT", 130);

    /** 128 and the number of SIGKILL, which this stands for. */
    private static final int AT_ONCE = 137;

    private static final AtomicBoolean ENDING = new AtomicBoolean();

    private Signals() {}

    /** From now on they end the program so. */
    static void endProgram() {
        CODES.forEach(Signals::handle);
    }

    private static void handle(String name, int code) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object exit = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, ending(code));
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), exit);
        } catch (ReflectiveOperationException | LinkageError e) {
            // A JVM without it, or one that ignores signals, exits with its own code.
        }
    }

    private static InvocationHandler ending(int code) {
        return (proxy, method, given) -> {
            if (method.getName().equals("handle")) {
                if (ENDING.getAndSet(true)) {
                    Runtime.getRuntime().halt(AT_ONCE);
                }
                System.exit(code);
            }
            return null;
        };
    }
}
