package dev.makespan.core.proof;

/** Gives the reason of any raise on the trail. */
final class Reasoning {

  private final Bounds bounds;
  private final Differences differences;
  private final Nogoods nogoods;
  private final Explanations said;

  Reasoning(Bounds bounds, Differences differences, Nogoods nogoods, Explanations said) {
    this.bounds = bounds;
    this.differences = differences;
    this.nogoods = nogoods;
    this.said = said;
  }

  /** Adds why the raise at a place, which was not decided, reached {@code k}. */
  void explain(int at, int k, Literals into) {
    int reason = bounds.reason[at];
    int source = Reasons.place(reason);
    switch (Reasons.kind(reason)) {
      case Reasons.DIFFERENCE -> differences.explain(source, k, into);
      case Reasons.NOGOOD -> nogoods.explain(source, into);
      case Reasons.SAID -> said.copy(source, into);
      default -> throw new IllegalStateException("a decision has no reason");
    }
  }
}
