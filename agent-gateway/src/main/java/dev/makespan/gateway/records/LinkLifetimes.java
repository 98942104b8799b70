package dev.makespan.gateway.records;

import java.time.Duration;

/**
 * How long links are good.
 *
 * @param usual when nobody says otherwise
 */
public record LinkLifetimes(Duration usual, Duration longest) {

  /**
   * What is to be done about a wish.
   *
   * @param wanted zero: nobody says
   * @throws IllegalArgumentException when it is negative or too long
   */
  public Duration of(Duration wanted) {
    if (wanted.isZero()) {
      return usual;
    }
    if (wanted.isNegative() || wanted.compareTo(longest) > 0) {
      throw new IllegalArgumentException(
          "lifetime: expected up to %d s, was %d s"
              .formatted(longest.toSeconds(), wanted.toSeconds()));
    }
    return wanted.toSeconds() == 0 ? Duration.ofSeconds(1) : wanted;
  }
}
