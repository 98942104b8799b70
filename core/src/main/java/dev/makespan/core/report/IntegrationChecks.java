package dev.makespan.core.report;

import dev.makespan.core.learn.FileDrift;
import dev.makespan.core.merge.Batch;
import dev.makespan.core.merge.MemberOutcome;
import dev.makespan.core.plan.FilePolicy;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Risk;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.plan.Workspace;
import dev.makespan.core.report.ReportCheck.Standing;
import dev.makespan.core.run.MergeView;
import dev.makespan.core.run.WiringPoint;
import dev.makespan.core.run.WiringPoint.Progress;
import dev.makespan.core.task.Attempt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What has to hold before the work of a run is integrated, and what is known of it afterwards, from
 * what the run has recorded.
 */
final class IntegrationChecks {

  /** More names than these are counted. */
  private static final int MAX_NAMES = 5;

  private static final int SHOWN_COMMIT = 10;

  private final Plan plan;
  private final RunRecord run;
  private final MergeView merges;

  IntegrationChecks(Plan plan, RunRecord run, MergeView merges) {
    this.plan = plan;
    this.run = run;
    this.merges = merges;
  }

  /** The checklist before integration. */
  List<ReportCheck> before(List<FileDrift> drifts) {
    List<ReportCheck> checks = new ArrayList<>();
    checks.add(accepted());
    checks.add(gates());
    checks.add(files(drifts));
    checks.add(conflicts());
    if (!merges.wirings().isEmpty()) {
      checks.add(wirings());
    }
    for (Risk risk : plan.risks()) {
      if (risk.mitigation() != null) {
        String detail = "%s: %s".formatted(risk.title(), risk.mitigation());
        checks.add(new ReportCheck("risk " + risk.id(), Standing.PEOPLE, detail));
      }
    }
    return checks;
  }

  /** What verifies the integration. */
  List<ReportCheck> after() {
    List<ReportCheck> checks = new ArrayList<>();
    checks.add(verified());
    checks.add(branch());
    boolean makesAnew = plan.files().stream().anyMatch(p -> p.kind() == FilePolicy.Kind.REGENERATE);
    if (makesAnew) {
      checks.add(remade());
    }
    return checks;
  }

  private ReportCheck accepted() {
    List<String> without = new ArrayList<>();
    for (TaskTimes task : run.tasks()) {
      if (task.attempts().stream().noneMatch(a -> a.outcome() == Attempt.Outcome.DONE)) {
        without.add(task.task().value());
      }
    }
    String of = "%d of %d tasks".formatted(run.tasks().size() - without.size(), run.tasks().size());
    return new ReportCheck(
        "work is accepted",
        standing(without.isEmpty()),
        without.isEmpty() ? of : "%s; not of %s".formatted(of, names(without)));
  }

  /** What is not so may still become so, until the run has ended. */
  private Standing standing(boolean isSo) {
    if (isSo) {
      return Standing.OK;
    }
    return run.finished() ? Standing.PROBLEM : Standing.OPEN;
  }

  private ReportCheck gates() {
    int red = 0;
    Set<String> waiting = new LinkedHashSet<>();
    for (TaskTimes task : run.tasks()) {
      boolean done = false;
      boolean wasRed = false;
      for (Attempt attempt : task.attempts()) {
        wasRed |= attempt.outcome() == Attempt.Outcome.REJECTED;
        red += attempt.outcome() == Attempt.Outcome.REJECTED ? 1 : 0;
        done |= attempt.outcome() == Attempt.Outcome.DONE;
      }
      if (wasRed && !done) {
        waiting.add(task.task().value());
      }
    }
    if (!waiting.isEmpty()) {
      return new ReportCheck(
          "gates are green", standing(false), "red and not done again: " + names(waiting));
    }
    String detail =
        red == 0
            ? "none was red"
            : "%d red %s done again".formatted(red, red == 1 ? "attempt was" : "attempts were");
    return new ReportCheck("gates are green", Standing.OK, detail);
  }

  private static ReportCheck files(List<FileDrift> drifts) {
    List<String> undeclared = new ArrayList<>();
    for (FileDrift drift : drifts) {
      if (!drift.undeclared().isEmpty()) {
        undeclared.add("%s: %s".formatted(drift.task(), names(drift.undeclared())));
      }
    }
    String what = "files are as declared";
    return undeclared.isEmpty()
        ? new ReportCheck(what, Standing.OK, "nothing was changed that is not declared")
        : new ReportCheck(what, Standing.PEOPLE, "changed and not declared, " + names(undeclared));
  }

  private ReportCheck conflicts() {
    Map<TaskId, MemberOutcome.Kind> last = new LinkedHashMap<>();
    Set<String> backOnce = new LinkedHashSet<>();
    for (Batch batch : merges.ended()) {
      for (MemberOutcome member : batch.report().members()) {
        last.put(member.member().task(), member.kind());
        if (isBack(member.kind())) {
          backOnce.add(member.member().task().value());
        }
      }
    }
    List<String> back = new ArrayList<>();
    last.forEach((task, kind) -> {
      if (isBack(kind)) {
        back.add(task.value());
      }
    });
    if (!back.isEmpty()) {
      return new ReportCheck(
          "nothing conflicts", standing(false), "went back and did not land: " + names(back));
    }
    return new ReportCheck(
        "nothing conflicts",
        Standing.OK,
        backOnce.isEmpty()
            ? "nothing went back"
            : "went back and landed since: " + names(backOnce));
  }

  private static boolean isBack(MemberOutcome.Kind kind) {
    return kind == MemberOutcome.Kind.CONFLICT || kind == MemberOutcome.Kind.RED;
  }

  private ReportCheck wirings() {
    int wired = 0;
    List<String> byPeople = new ArrayList<>();
    List<String> open = new ArrayList<>();
    for (WiringPoint point : merges.wirings()) {
      String name = point.producer() + " to " + point.consumer();
      switch (point.progress()) {
        case WIRED, OFF -> wired += point.progress() == Progress.WIRED ? 1 : 0;
        case BY_PEOPLE -> byPeople.add(name + " via " + point.stub().via());
        case WAITS, NEXT -> open.add(name);
      }
    }
    String of = "%d of %d wired".formatted(wired, merges.wirings().size());
    String what = "stubs are wired";
    if (!open.isEmpty()) {
      return new ReportCheck(what, standing(false), "%s; open: %s".formatted(of, names(open)));
    }
    return byPeople.isEmpty()
        ? new ReportCheck(what, Standing.OK, of)
        : new ReportCheck(
            what,
            Standing.PEOPLE,
            "%s; by people, in this order: %s".formatted(of, names(byPeople)));
  }

  private ReportCheck verified() {
    Workspace workspace = plan.workspace();
    String verify = workspace == null ? null : workspace.verify();
    String what = "what has landed is verified";
    if (merges.head().isEmpty()) {
      return new ReportCheck(what, standing(false), "nothing has landed");
    }
    if (verify == null) {
      return new ReportCheck(what, Standing.PEOPLE, "the plan has no workspace.verify");
    }
    int times = merges.ended().stream().mapToInt(batch -> batch.report().verifications()).sum();
    return new ReportCheck(
        what,
        Standing.OK,
        "'%s' is green on %s; it was run %s"
            .formatted(
                firstLine(verify), shown(merges.head()), times == 1 ? "once" : times + " times"));
  }

  private ReportCheck branch() {
    boolean there = merges.published().equals(merges.head()) && !merges.head().isEmpty();
    String stands =
        merges.published().isEmpty() ? "nowhere yet" : "at " + shown(merges.published());
    return new ReportCheck(
        "the branch is where people find it",
        standing(there),
        "%s stands %s".formatted(merges.branch(), stands));
  }

  private ReportCheck remade() {
    Workspace workspace = plan.workspace();
    if (workspace == null || workspace.regenerate() == null) {
      return new ReportCheck(
          "files are made anew",
          Standing.PEOPLE,
          "the plan has no workspace.regenerate: of such files the side stays that landed first");
    }
    Set<String> remade = new LinkedHashSet<>();
    merges.ended().forEach(batch -> remade.addAll(batch.report().remade()));
    return new ReportCheck(
        "files are made anew",
        standing(!merges.head().isEmpty()),
        remade.isEmpty() ? "nothing changed by it" : names(remade));
  }

  private static String shown(String commit) {
    return commit.length() > SHOWN_COMMIT ? commit.substring(0, SHOWN_COMMIT) : commit;
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  private static String names(Iterable<String> names) {
    List<String> first = new ArrayList<>();
    int more = 0;
    for (String name : names) {
      if (first.size() < MAX_NAMES) {
        first.add(name);
      } else {
        more++;
      }
    }
    String text = String.join(", ", first);
    return more == 0 ? text : "%s and %d more".formatted(text, more);
  }
}
