package dev.makespan.bench.chaos;

import java.time.Duration;
import java.util.Locale;

/** What the nemesis does, and how soon it has to be over. */
enum Fault {
  SCHEDULER_KILL("scheduler killed: its shards are another's", 2),
  SCHEDULER_STOP("scheduler stopped, then wakes: its shards are another's", 2),
  GATEWAY_KILL("gateway killed: its agents are welcome at another", 5),
  GATEWAY_STOP("gateway stopped, then wakes: the same", Fault.LEASE),
  PLANNER_KILL("planner killed: another answers the same request", 2),
  PLANNER_STOP("planner stopped, then wakes: the same", Fault.PATIENCE),
  CLIENT_LINK("answers to the client lost: the repeated request is answered", Fault.PATIENCE),
  AGENT_KILL("agent killed: what it held is taken back", Fault.LEASE),
  AGENT_STOP("agent stopped past its lease, then wakes: the same", Fault.LEASE),
  AGENT_PROCESS_KILL("agent process killed: the same", Fault.LEASE),
  AGENT_PROCESS_STOP("agent process stopped past its lease, then wakes: the same", Fault.LEASE),
  LINK_DELAY("agents' links slow: results go on being taken", Fault.LEASE),
  LINK_RESET("agents' links reset after some bytes: welcome again", Fault.LEASE),
  LINK_HALF_CLOSE("agents' links half-closed after some bytes: the same", Fault.LEASE),
  LINK_LOST_REPLIES("what agents are told is lost: the same", Fault.LEASE),
  BACKENDS_KILL("PostgreSQL's backends killed: results are taken", 3),
  DATABASE_KILL("PostgreSQL killed: results are taken after its start", 3),
  DATABASE_STOP("PostgreSQL stopped for a while: the same", 5),
  EVERYTHING_KILL("everything killed at once: first assignment after the start", 30);

  /** Lease and 1.5 s. */
  private static final int LEASE = -1;

  /** A client's own patience with one call, and 2 s. */
  private static final int PATIENCE = -2;

  private final String words;
  private final int seconds;

  Fault(String words, int seconds) {
    this.words = words;
    this.seconds = seconds;
  }

  String words() {
    return words;
  }

  /** As an option names it. */
  String option() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  Duration bound(Duration lease, Duration patience) {
    return switch (seconds) {
      case LEASE -> lease.plusMillis(1_500);
      case PATIENCE -> patience.plusSeconds(2);
      default -> Duration.ofSeconds(seconds);
    };
  }

  /** Whether it may happen at the same time as others, with nobody to measure it. */
  boolean isOfStorm() {
    return switch (this) {
      case DATABASE_STOP, EVERYTHING_KILL -> false;
      case SCHEDULER_KILL,
          SCHEDULER_STOP,
          GATEWAY_KILL,
          GATEWAY_STOP,
          PLANNER_KILL,
          PLANNER_STOP,
          CLIENT_LINK,
          AGENT_KILL,
          AGENT_STOP,
          AGENT_PROCESS_KILL,
          AGENT_PROCESS_STOP,
          LINK_DELAY,
          LINK_RESET,
          LINK_HALF_CLOSE,
          LINK_LOST_REPLIES,
          BACKENDS_KILL,
          DATABASE_KILL ->
          true;
    };
  }
}
