package dev.makespan.bench.chaos;

/** What must hold whatever fails; each is looked at so often, and a zero is told with its bound. */
enum Promise {
  ONE_LEASE("at most one live lease per task"),
  FENCES_GROW("the fences of a task grow, and none is given out twice"),
  ONE_COMPLETION("one recorded completion per task"),
  NO_RESULT_LOST("no acknowledged result is lost, and none is counted twice"),
  DURABLE_FIRST("nothing is assigned that is not durable"),
  NEEDS_FIRST("no task starts before its needs are done, in commit order"),
  CAPS("slots, files and resources are never exceeded"),
  CANCEL_WINS("after the answer to a cancel nothing new starts"),
  ATTEMPTS("attempts stay within their limits"),
  ONE_LOSS("a loss counts once"),
  FINAL("what is over stays over"),
  NO_GAP("the journal of a run has no gap and no repeat"),
  SAME_ANSWER("the same request has the same answer, and the run is there"),
  ROWS_AGREE("the tables agree with the journal"),
  EVERY_RUN_ENDS("every run ends"),
  RECOVERS("what fails is over in the end"),
  STAYS_UP("a service outlives what happens to others");

  private final String words;

  Promise(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
