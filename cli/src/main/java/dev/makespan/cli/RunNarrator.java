package dev.makespan.cli;

import dev.makespan.cli.suite.Narrator;

/** Passes lines on to whoever shows them at the time. */
final class RunNarrator implements Narrator {

  private volatile Narrator current;

  RunNarrator(Narrator first) {
    current = first;
  }

  /** From here on {@code next} shows the lines. Answers who did before. */
  Narrator swap(Narrator next) {
    Narrator before = current;
    current = next;
    return before;
  }

  @Override
  public void say(String line) {
    current.say(line);
  }
}
