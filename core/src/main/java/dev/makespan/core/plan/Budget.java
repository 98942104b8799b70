package dev.makespan.core.plan;

/** Limits at which work pauses and asks; 0: none. */
public record Budget(long tokens, double cost, double agentHours) {

  /** No limit. */
  public static final Budget NONE = new Budget(0, 0, 0);

  /** Whether it limits anything. */
  public boolean isLimited() {
    return tokens > 0 || cost > 0 || agentHours > 0;
  }
}
