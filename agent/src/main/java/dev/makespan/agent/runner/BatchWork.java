package dev.makespan.agent.runner;

import dev.makespan.agent.WorkReport;
import dev.makespan.agent.workspace.AttemptProblem;
import dev.makespan.agent.workspace.MergeSite;
import dev.makespan.core.merge.BatchReport;
import dev.makespan.core.merge.Bisection;
import dev.makespan.core.merge.MemberOutcome;
import dev.makespan.core.merge.MemberOutcome.Kind;
import dev.makespan.core.session.AcceptedWork;
import dev.makespan.core.session.BatchSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Merges a batch: moves the run's branch to what has landed before, merges the members in order,
 * lets {@link BatchFinish} wire, make anew and verify what came of it, and finds out who is to
 * blame when it is red. Conflicts are set aside first, since they cost no verification; whoever
 * conflicted only with a culprit waits on. Of one thread.
 */
final class BatchWork {

  private final BatchSpec batch;
  private final MergeSite site;
  private final BatchFinish finish;
  private final Consumer<String> note;
  private final Map<List<Integer>, String> built = new LinkedHashMap<>();
  private final Map<Integer, MemberOutcome> outcomes = new LinkedHashMap<>();
  private final List<Integer> members = new ArrayList<>();
  private BatchFinish.Red red = new BatchFinish.Red("", "");
  private @Nullable MemberOutcome redConflict;
  private @Nullable MemberOutcome lastConflict;

  BatchWork(BatchSpec batch, MergeSite site, GateTrials.Trial trial, Consumer<String> note) {
    this.batch = batch;
    this.site = site;
    this.finish = new BatchFinish(batch, site, trial, note);
    this.note = note;
  }

  WorkReport done() throws AttemptProblem, IOException, InterruptedException {
    if (batch.publish()) {
      site.publish(batch.head(), batch.publishTo());
    }
    built.put(List.of(), site.base());
    if (batch.members().isEmpty() && !batch.wirings().isEmpty()) {
      wireAlone();
    }
    gather();
    Bisection bisection = new Bisection(members.size(), !batch.head().isEmpty());
    List<Integer> next = bisection.next();
    while (next != null) {
      boolean green = isGreen(named(next));
      int before = bisection.culprits().size();
      bisection.tried(green);
      if (bisection.culprits().size() > before) {
        blame(members.get(bisection.culprits().getLast()));
      }
      next = bisection.next();
    }
    if (bisection.isBaseRed()) {
      throw AttemptProblem.forGood(
          "what everything is merged into is red itself: %s: %s"
              .formatted(red.step(), red.words()));
    }
    return report(named(bisection.landed()), !bisection.culprits().isEmpty());
  }

  /** Both sides have landed, or had nothing to merge: nobody is to blame when it fails. */
  private void wireAlone() throws AttemptProblem, IOException, InterruptedException {
    if (finish.of(List.of(), site.base()) instanceof BatchFinish.Red red) {
      throw AttemptProblem.forGood(red.step() + ": " + red.words());
    }
  }

  private List<Integer> named(List<Integer> places) {
    return places.stream().map(members::get).toList();
  }

  /** Merges all in order and sets aside who can't be merged. */
  private void gather() throws AttemptProblem, InterruptedException {
    for (int i = 0; i < batch.members().size(); i++) {
      note.accept("merging %d of %d".formatted(i + 1, batch.members().size()));
      if (isThere(i) && isBuilt(with(members, i))) {
        members.add(i);
      } else if (lastConflict != null) {
        outcomes.put(i, lastConflict);
      }
    }
  }

  /** A commit that is gone can't be waited for: whoever made it makes it again. */
  private boolean isThere(int member) throws AttemptProblem, InterruptedException {
    lastConflict = null;
    try {
      site.fetch(work(member));
      return true;
    } catch (AttemptProblem e) {
      if (e.isRetryable()) {
        throw e;
      }
      outcomes.put(member, outcome(member, Kind.RED, e.text(), List.of()));
      return false;
    }
  }

  private static List<Integer> with(List<Integer> list, int more) {
    List<Integer> longer = new ArrayList<>(list);
    longer.add(more);
    return longer;
  }

  private AcceptedWork work(int member) {
    BatchSpec.Member of = batch.members().get(member);
    return new AcceptedWork(of.of().task(), of.branch(), of.commit());
  }

  /**
   * Stands on the merge of these, in this order, upon the base; what was built before is reused.
   */
  private boolean isBuilt(List<Integer> wanted) throws AttemptProblem, InterruptedException {
    lastConflict = null;
    int known = wanted.size();
    while (!built.containsKey(wanted.subList(0, known))) {
      known--;
    }
    site.stand(commitOf(wanted.subList(0, known)));
    for (int i = known; i < wanted.size(); i++) {
      int member = wanted.get(i);
      switch (site.merge(work(member), batch.members().get(member).title())) {
        case MergeSite.Merged merged ->
            built.put(List.copyOf(wanted.subList(0, i + 1)), merged.commit());
        case MergeSite.Conflict conflict -> {
          lastConflict = outcome(member, Kind.CONFLICT, conflict.report(), conflict.files());
          return false;
        }
      }
    }
    return true;
  }

  private String commitOf(List<Integer> merged) {
    return Objects.requireNonNull(built.get(merged));
  }

  private boolean isGreen(List<Integer> wanted)
      throws AttemptProblem, IOException, InterruptedException {
    if (!isBuilt(wanted)) {
      redConflict = lastConflict;
      return false;
    }
    if (finish.of(wanted, commitOf(wanted)) instanceof BatchFinish.Red now) {
      red = now;
      redConflict = null;
      return false;
    }
    return true;
  }

  /** Of red or of a conflict that showed only when somebody before it was gone. */
  private void blame(int member) {
    MemberOutcome conflict = redConflict;
    boolean conflicts =
        conflict != null && conflict.member().equals(batch.members().get(member).of());
    outcomes.put(
        member,
        conflicts && conflict != null
            ? conflict
            : outcome(member, Kind.RED, redReport(member), List.of()));
  }

  private String redReport(int member) {
    AcceptedWork work = work(member);
    return """
    With it %s, and without it all is well. Its work is kept in commit %s on branch %s. Last it said:
    %s\
    """
        .formatted(red.step(), work.commit(), work.branch(), red.words());
  }

  private MemberOutcome outcome(int member, Kind kind, String report, List<String> files) {
    String capped =
        report.length() <= MemberOutcome.MAX_REPORT
            ? report
            : report.substring(0, MemberOutcome.MAX_REPORT);
    return new MemberOutcome(batch.members().get(member).of(), kind, capped, files);
  }

  private WorkReport report(List<Integer> landed, boolean someAreToBlame)
      throws AttemptProblem, InterruptedException {
    landed.forEach(member -> outcomes.put(member, outcome(member, Kind.LANDED, "", List.of())));
    if (someAreToBlame) {
      letWait(landed);
    }
    BatchFinish.Green head = new BatchFinish.Green(batch.head(), List.of(), List.of(), "");
    boolean isWired = batch.members().isEmpty() && !batch.wirings().isEmpty();
    if (!landed.isEmpty() || isWired) {
      head = finish.greenOf(landed);
      site.push(head.commit());
    }
    List<MemberOutcome> all = new ArrayList<>();
    for (int i = 0; i < batch.members().size(); i++) {
      all.add(outcomes.getOrDefault(i, outcome(i, Kind.LEFT, "", List.of())));
    }
    BatchReport report =
        new BatchReport(
            head.commit(),
            batch.head(),
            all,
            finish.verifications(),
            head.words(),
            head.wired(),
            head.remade());
    return new WorkReport("merged %d of %d".formatted(report.landed(), all.size()), report);
  }

  /** Who conflicts with nothing that has landed is tried again with the next batch. */
  private void letWait(List<Integer> landed) throws AttemptProblem, InterruptedException {
    for (Map.Entry<Integer, MemberOutcome> one : outcomes.entrySet()) {
      boolean waits = one.getValue().kind() == Kind.CONFLICT && isBuilt(with(landed, one.getKey()));
      if (waits) {
        one.setValue(outcome(one.getKey(), Kind.LEFT, "", List.of()));
      }
    }
  }
}
