package dev.makespan.agent.runner;

import dev.makespan.agent.WorkReport;
import dev.makespan.agent.workspace.AttemptProblem;
import dev.makespan.agent.workspace.Worktree;
import dev.makespan.core.plan.Shown;
import dev.makespan.core.session.AgentSays.GateReport;
import dev.makespan.core.session.AgentSays.Outcome;
import dev.makespan.core.session.MadeArtifact;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what a command has left, since it cannot declare itself done: deliverables, the commit,
 * writes that were not declared, gates; and hands the work over.
 */
final class Evaluation {

  /** Longest message of a result, less than the stream takes. */
  static final int MAX_MESSAGE = 4_000;

  private static final int LINES = 12;
  private static final int CHARACTERS = 2_500;

  private final Assigned assigned;
  private final AttemptPlace place;
  private final Told told;
  private final Drift drift;
  private final Keeping keeping;
  private final List<String> remarks = new ArrayList<>();
  private @Nullable Deliverables delivered;
  private Outcome outcome;
  private List<MadeArtifact> artifacts = List.of();
  private List<GateReport> gates = List.of();
  private Worktree.@Nullable Work work;

  private Evaluation(
      Assigned assigned,
      AttemptPlace place,
      Told told,
      Drift drift,
      Keeping keeping,
      Outcome outcome) {
    this.assigned = assigned;
    this.place = place;
    this.told = told;
    this.drift = drift;
    this.keeping = keeping;
    this.outcome = outcome;
  }

  static WorkReport of(
      Assigned assigned,
      AttemptPlace place,
      Told told,
      Drift drift,
      Keeping keeping,
      Duration patience,
      GateTrials.Ended ended,
      GateTrials.Trial trial)
      throws AttemptProblem, IOException, InterruptedException {
    ExitMeaning meaning = ExitMeaning.of(ended.exitCode());
    Evaluation evaluation =
        new Evaluation(assigned, place, told, drift, keeping, meaning.outcome());
    evaluation.remarks.add(meaning.text());
    if (meaning.outcome() == Outcome.OK) {
      evaluation.accepted(patience, trial);
    } else {
      evaluation.keepWhatIsThere();
      evaluation.saidLast(ended.output());
    }
    return evaluation.report(ended.output());
  }

  private void accepted(Duration patience, GateTrials.Trial trial)
      throws AttemptProblem, IOException, InterruptedException {
    lookForDeliverables();
    if (outcome != Outcome.OK) {
      keepWhatIsThere();
      return;
    }
    Worktree worktree = place.worktree();
    if (worktree != null) {
      Worktree.Work committed = worktree.commit(assigned.commitMessage());
      work = committed;
      told.touched(committed.files());
      drift.notice(committed.files());
      List<String> open = drift.settle(patience);
      if (!open.isEmpty()) {
        fail("it wrote what it may not: " + String.join("; ", open));
      }
    }
    if (outcome == Outcome.OK) {
      gates = GateTrials.of(assigned.spec().gates(), place.workspace(), trial);
    }
    if (worktree != null && work != null) {
      worktree.push(work.commit());
    }
    if (outcome == Outcome.OK) {
      keepArtifacts();
    }
  }

  /** What was declared is promised to others, who find it with the gateway alone. */
  private void keepArtifacts() throws IOException, InterruptedException {
    Deliverables found = delivered;
    if (found == null) {
      return;
    }
    List<String> lost = new ArrayList<>();
    for (MadeArtifact made : found.made()) {
      String problem = keeping.keep(made, found.placeOf(made));
      if (!problem.isEmpty()) {
        lost.add(made.name() + " (" + problem + ")");
      }
    }
    if (!lost.isEmpty()) {
      fail("what it made can't be kept: " + String.join("; ", lost));
    }
  }

  /** Has a file kept elsewhere. */
  interface Keeping {
    /** Why it is not; empty: it is. */
    String keep(MadeArtifact made, Path file) throws IOException, InterruptedException;
  }

  private void lookForDeliverables() throws IOException {
    Deliverables found = Deliverables.of(assigned.spec().surroundings(), place.workspace());
    delivered = found;
    artifacts = found.made();
    if (!found.problems().isEmpty()) {
      fail("it ended well without what it had to deliver: " + String.join(", ", found.problems()));
    }
  }

  private void fail(String why) {
    outcome = Outcome.FAILED;
    remarks.clear();
    remarks.add(why);
  }

  /** What a failed attempt has done is kept on its branch, as well as can be, for who looks. */
  private void keepWhatIsThere() throws InterruptedException {
    Worktree worktree = place.worktree();
    if (worktree == null) {
      return;
    }
    try {
      Worktree.Work committed = worktree.commit(assigned.commitMessage());
      work = committed;
      told.touched(committed.files());
      worktree.push(committed.commit());
    } catch (AttemptProblem e) {
      remarks.add(e.text());
    }
  }

  private void saidLast(CappedOutput output) {
    List<String> last = output.lastLines(LINES, CHARACTERS);
    if (!last.isEmpty()) {
      remarks.add(
          "last it said: " + String.join(" | ", last.stream().map(Evaluation::plain).toList()));
    }
  }

  /** Without colours, which only terminals understand. */
  static String plain(String line) {
    return Shown.escaped(line.replaceAll("\u001b\\[[0-9;?]*[A-Za-z]", ""));
  }

  private WorkReport report(CappedOutput output) {
    if (output.droppedBytes() > 0) {
      remarks.add(
          "of %d bytes of output %d were dropped"
              .formatted(output.totalBytes(), output.droppedBytes()));
    }
    addIfAny(drift.text());
    addIfAny(told.problems());
    return new WorkReport(
        outcome,
        message(),
        told.metrics(),
        gates,
        told.files(),
        work == null ? "" : work.commit(),
        artifacts,
        told.usage(),
        told.outputs());
  }

  private void addIfAny(String remark) {
    if (!remark.isEmpty()) {
      remarks.add(remark);
    }
  }

  private String message() {
    return capped(place.masked(String.join("; ", remarks)));
  }

  static String capped(String text) {
    return text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE) + "…";
  }
}
