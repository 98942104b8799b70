package dev.makespan.bench.chaos;

/** What agents and clients have seen, in the order in which they saw it. */
sealed interface Happening {

  /** One attempt, as the contract names it. */
  record Attempt(long run, String task, long fence) {
    @Override
    public String toString() {
      return "run %d, task %s, fence %x".formatted(run, task, fence);
    }
  }

  /** What became of a result, in the contract's words. */
  enum Verdict {
    COMMITTED,
    DUPLICATE,
    SUPERSEDED,
    INVALID
  }

  /**
   * An agent was given work.
   *
   * @param unfinished assignments of the agent with this one
   */
  record Assigned(String agent, Attempt attempt, int unfinished, int slots) implements Happening {}

  /** An agent was told what became of its result. */
  record Acked(String agent, Attempt attempt, String result, boolean ok, Verdict verdict)
      implements Happening {}

  /** A client was told the number of the run that it has asked for. */
  record StartAnswered(String request, long run) implements Happening {}

  /** A client was told that a run is being cancelled. */
  record CancelAnswered(long run) implements Happening {}
}
