package dev.makespan.core.session;

import java.time.Duration;

/**
 * How long the gateway's end of a session is patient.
 *
 * @param hello from the start of the stream until Hello
 * @param welcome from Hello until the scheduler's Welcome
 * @param silentIntervals status intervals without any message until an agent is taken for dead
 */
public record SessionClocks(Duration hello, Duration welcome, int silentIntervals) {

  public static final SessionClocks DEFAULT =
      new SessionClocks(Duration.ofSeconds(10), Duration.ofSeconds(10), 3);
}
