package dev.makespan.core.session;

import java.time.Duration;

/**
 * The clocks of an agent's own; those of the lease and the status come with Welcome.
 *
 * @param welcome from Hello until Welcome
 * @param leaseMargin work is stopped so long before its lease ends unanswered
 * @param resultAgain an unacknowledged result is said again after this
 * @param reportBeside a stream that has been down for so long is gone around
 */
public record AgentClocks(
    Duration welcome, Duration leaseMargin, Duration resultAgain, Duration reportBeside) {

  public static final AgentClocks DEFAULT =
      new AgentClocks(
          Duration.ofSeconds(30),
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          Duration.ofSeconds(5));
}
