package dev.makespan.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * Ctrl-C and its like. The JDK has no supported way but a shutdown hook, which can neither go on
 * nor choose an exit code; so this reaches for {@code sun.misc.Signal}, and where that is gone the
 * JVM's own behaviour stays.
 */
final class Signals {

  private Signals() {}

  /** Runs {@code action} on another thread each time one of the {@code names} arrives. */
  static void on(Runnable action, String... names) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler call =
          (proxy, method, arguments) -> {
            if (method.getName().equals("handle")) {
              action.run();
              return null;
            }
            return method.getName().equals("equals") ? (Object) false : (Object) 0;
          };
      Object proxy =
          Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handler}, call);
      for (String name : names) {
        signal
            .getMethod("handle", signal, handler)
            .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
      }
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      // The JVM's own behaviour stays: it ends, and its children are found at the next start.
    }
  }

  /** Interrupts the calling thread on Ctrl-C, TERM and a closed terminal. */
  static void interruptThisThread() {
    Thread current = Thread.currentThread();
    on(current::interrupt, "INT", "TERM", "HUP");
  }
}
