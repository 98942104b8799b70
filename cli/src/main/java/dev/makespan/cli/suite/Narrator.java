package dev.makespan.cli.suite;

/** Takes one line for people at a time. */
@FunctionalInterface
public interface Narrator {

  void say(String line);
}
