package dev.makespan.core.session;

/**
 * What an attempt has used so far, as far as its agent knows.
 *
 * @param cost in the plan's currency
 */
public record Usage(long inputTokens, long outputTokens, double cost) {

  /** Nothing, or nobody counts. */
  public static final Usage NONE = new Usage(0, 0, 0);

  public Usage {
    if (inputTokens < 0 || outputTokens < 0 || !(cost >= 0) || Double.isInfinite(cost)) {
      throw new IllegalArgumentException(
          "usage: expected numbers from 0, was "
              + inputTokens
              + " and "
              + outputTokens
              + " tokens, cost "
              + cost);
    }
  }
}
