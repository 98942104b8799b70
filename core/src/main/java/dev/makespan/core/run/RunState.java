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

  /** Whether it has ended and its failed or cancelled tasks may still be tried again. */
  public boolean mayBeReopened() {
    return this == FAILED || this == CANCELLED;
  }

  /** Whether nothing happens to it by itself any more. */
  public boolean isFinal() {
    return switch (this) {
      case RUNNING, PAUSED, CANCELLING -> false;
      case DONE, FAILED, CANCELLED -> true;
    };
  }
}
