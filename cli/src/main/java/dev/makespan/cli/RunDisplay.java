package dev.makespan.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.Supplier;

/** Shows a run while it goes on: in place on a terminal, else a line for each event. */
abstract sealed class RunDisplay implements AutoCloseable {

  /** Shows one line that stays. */
  abstract void say(String line);

  /** Something has happened. */
  abstract void event(String line);

  @Override
  public abstract void close();

  static RunDisplay lines(PrintWriter out) {
    return new Appending(out);
  }

  /** For programs: they get the report alone. */
  static RunDisplay silent(PrintWriter out) {
    return new Silent(out);
  }

  /** A display that shows what {@code frame} answers, again and again until it is closed. */
  static RunDisplay live(PrintWriter out, Supplier<List<String>> frame) {
    return new Redrawing(out, frame);
  }

  private static final class Appending extends RunDisplay {
    private final PrintWriter out;

    Appending(PrintWriter out) {
      this.out = out;
    }

    @Override
    synchronized void say(String line) {
      Lines.say(out, line);
    }

    @Override
    synchronized void event(String line) {
      Lines.say(out, line);
    }

    @Override
    public void close() {
      out.flush();
    }
  }

  private static final class Silent extends RunDisplay {
    private final PrintWriter out;

    Silent(PrintWriter out) {
      this.out = out;
    }

    @Override
    void say(String line) {}

    @Override
    void event(String line) {}

    @Override
    public void close() {
      out.flush();
    }
  }

  private static final class Redrawing extends RunDisplay {
    private static final long TICK_MILLIS = 250;
    private static final String ERASE_DOWN = "\033[J";

    private final PrintWriter out;
    private final Supplier<List<String>> frame;
    private final Thread ticker;
    private int drawn;

    Redrawing(PrintWriter out, Supplier<List<String>> frame) {
      this.out = out;
      this.frame = frame;
      this.ticker = Thread.ofPlatform().daemon().name("display").start(this::tick);
    }

    @Override
    synchronized void say(String line) {
      erase();
      out.println(line);
      draw();
    }

    @Override
    synchronized void event(String line) {
      erase();
      draw();
    }

    @Override
    public void close() {
      ticker.interrupt();
      synchronized (this) {
        erase();
        draw();
        drawn = 0;
      }
    }

    private void tick() {
      try {
        while (true) {
          Thread.sleep(TICK_MILLIS);
          event("");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void erase() {
      if (drawn > 0) {
        out.print("\033[%dA\r".formatted(drawn) + ERASE_DOWN);
      }
    }

    private void draw() {
      List<String> lines = frame.get();
      lines.forEach(out::println);
      drawn = lines.size();
      out.flush();
    }
  }
}
