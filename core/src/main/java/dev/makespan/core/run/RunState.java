package dev.makespan.core.run;

/** Where a run stands. */
public enum RunState {
  RUNNING,
  /** What is live goes on, nothing else starts. */
  PAUSED,
  CANCELLING,
  DONE,
  FAILED,
  CANCELLED;

  /** Whether nothing can happen to it any more. */
  public boolean isFinal() {
    return switch (this) {
      case RUNNING, PAUSED, CANCELLING -> false;
      case DONE, FAILED, CANCELLED -> true;
    };
  }
}
