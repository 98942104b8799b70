package dev.makespan.bench.chaos;

/**
 * A promise that was broken.
 *
 * @param evidence what was seen, with the run, the task and the fence
 */
record Violation(Promise promise, String evidence) {

  String text() {
    return promise.words() + ": " + evidence;
  }
}
