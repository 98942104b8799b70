package dev.makespan.core.session;

import java.time.Duration;

/**
 * How long the gateway's end of a session is patient.
 *
 * @param hello from the start of the stream until Hello
 * @param welcome from Hello until the scheduler's Welcome
 * @param silentIntervals status intervals without any message until an agent is taken for dead
 * @param renewal the least age at which a stream is renewed; each has its own, up to twice this
 * @param overlap an agent that was asked to move has so long to open the next stream
 */
public record SessionClocks(
    Duration hello, Duration welcome, int silentIntervals, Duration renewal, Duration overlap) {

  public static final SessionClocks DEFAULT =
      new SessionClocks(
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          3,
          Duration.ofMinutes(30),
          Duration.ofSeconds(90));

  /**
   * When a stream is to be renewed.
   *
   * @param chance from 0 to 1, so that streams that were opened together are not renewed together
   */
  Duration renewal(double chance) {
    return renewal.plus(Duration.ofMillis(Math.round(renewal.toMillis() * chance)));
  }
}
