package dev.makespan.agent.runner;

import dev.makespan.agent.workspace.AttemptProblem;
import dev.makespan.agent.workspace.Worktree;
import java.util.List;

/** Looks at an attempt while its command runs: what it says, and what it touches. Of one thread. */
final class Watch {

  /** Looking for changes costs at most this part of the time. */
  private static final int SHARE = 20;

  private static final long LEAST_NANOS = 2_000_000_000L;

  private final AttemptPlace place;
  private final Told told;
  private final Drift drift;
  private final OutputFile output;
  private final Runnable warn;
  private long nextLook;

  /** {@code warn} hands on what the attempt is warned of. */
  Watch(AttemptPlace place, Told told, Drift drift, Runnable warn) {
    this.warn = warn;
    this.place = place;
    this.told = told;
    this.drift = drift;
    this.output = new OutputFile(place.folder().output(), told, place::masked);
    this.nextLook = System.nanoTime() + LEAST_NANOS;
  }

  void look() throws InterruptedException {
    output.follow();
    warn.run();
    if (System.nanoTime() - nextLook >= 0) {
      lookForChanges();
    }
    told.flush();
  }

  /** The command is over. */
  void finish() {
    output.finish();
    told.readReports(place.workspace());
    told.flush();
  }

  private void lookForChanges() throws InterruptedException {
    long begin = System.nanoTime();
    Worktree worktree = place.worktree();
    try {
      if (worktree != null) {
        List<String> touched = worktree.touched();
        told.touched(touched);
        drift.notice(touched);
      }
    } catch (AttemptProblem e) {
      // Such as a file that goes while git looks at it; what counts is looked at in the end.
      told.note(e.text());
    }
    long end = System.nanoTime();
    nextLook = end + Math.max(LEAST_NANOS, SHARE * (end - begin));
  }
}
