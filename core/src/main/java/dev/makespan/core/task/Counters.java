package dev.makespan.core.task;

/** What failed attempts are charged to; yields cost nothing but have a limit too. */
public record Counters(int attempts, int infra, int gates, int yields) {

  public static final Counters ZERO = new Counters(0, 0, 0, 0);

  public Counters charged(FailureCause cause) {
    return switch (cause) {
      case WORK -> new Counters(attempts + 1, infra, gates, yields);
      case INFRA -> new Counters(attempts, infra + 1, gates, yields);
      case GATE -> new Counters(attempts, infra, gates + 1, yields);
    };
  }

  public int of(FailureCause cause) {
    return switch (cause) {
      case WORK -> attempts;
      case INFRA -> infra;
      case GATE -> gates;
    };
  }
}
