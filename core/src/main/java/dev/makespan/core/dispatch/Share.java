package dev.makespan.core.dispatch;

/**
 * How much of the agents' time a run has had, for its weight: the pass of stride scheduling
 * (Waldspurger and Weihl, 1995), with time in place of a fixed quantum. An attempt is charged as
 * planned when it begins and as it was when it ends.
 */
final class Share {

  /** So that what takes no time by plan costs something too. */
  private static final long LEAST_CHARGE_NANOS = 1_000_000;

  private final int weight;
  private static final long NEVER = -1;

  private long usedNanos;
  private long placeNanos = NEVER;

  Share(int weight) {
    this.weight = weight;
  }

  /** Per weight; comparable between runs. */
  long usedNanos() {
    return usedNanos;
  }

  /** Nobody saves up time while it has nothing to do. */
  void catchUp(long servedNanos) {
    usedNanos = Math.max(usedNanos, servedNanos);
  }

  /** It gets an agent. */
  void served() {
    placeNanos = placeNanos == NEVER ? usedNanos : placeNanos;
  }

  /** What it had had when it got its first agent: its place in line, for what is tried again. */
  long placeNanos() {
    return placeNanos == NEVER ? usedNanos : placeNanos;
  }

  void charge(long nanos) {
    usedNanos = Nanos.sum(usedNanos, nanos / weight);
  }

  /** What an attempt is charged that takes so long. */
  static long chargeOf(long nanos) {
    return Math.max(LEAST_CHARGE_NANOS, nanos);
  }
}
