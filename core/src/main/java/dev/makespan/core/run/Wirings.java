package dev.makespan.core.run;

import dev.makespan.core.graph.WiringOrder;
import dev.makespan.core.merge.BatchMember;
import dev.makespan.core.merge.BatchReport;
import dev.makespan.core.merge.MemberOutcome;
import dev.makespan.core.merge.Wired;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.run.WiringPoint.Progress;
import dev.makespan.core.task.TaskState;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The stubs of a run that merges, in the wiring order. A stub is wired in the batch with which the
 * second of its sides lands, so that nothing lands unwired when the plan says how to wire it; in a
 * batch without members when that side had nothing to merge.
 */
final class Wirings {

  private Wirings() {}

  /** All of them. */
  static List<WiringPoint> all(Run run) {
    List<WiringOrder.Point> points = run.graph().wirings();
    if (points.isEmpty()) {
      return List.of();
    }
    Set<TaskId> batch = batch(run);
    return points.stream().map(point -> at(run, point, batch)).toList();
  }

  private static Set<TaskId> batch(Run run) {
    Set<TaskId> batch = new LinkedHashSet<>();
    run.merges().batch().stream().map(BatchMember::task).forEach(batch::add);
    return batch;
  }

  private static WiringPoint at(Run run, WiringOrder.Point point, Set<TaskId> batch) {
    return new WiringPoint(
        point.producer(), point.consumer(), point.stub(), progress(run, point, batch));
  }

  private static Progress progress(Run run, WiringOrder.Point point, Set<TaskId> batch) {
    if (run.merges().wired().contains(new Wired(point.producer(), point.consumer()))) {
      return Progress.WIRED;
    }
    if (isSkipped(run, point.producer()) || isSkipped(run, point.consumer())) {
      return Progress.OFF;
    }
    boolean byPeople = point.stub().wire() == null;
    Set<TaskId> coming = byPeople ? Set.of() : batch;
    boolean bothThere =
        isThere(run, point.producer(), coming) && isThere(run, point.consumer(), coming);
    if (!bothThere) {
      return Progress.WAITS;
    }
    return byPeople ? Progress.BY_PEOPLE : Progress.NEXT;
  }

  private static boolean isSkipped(Run run, TaskId task) {
    return run.life(run.indexOf(task)).state() instanceof TaskState.Skipped;
  }

  private static boolean isThere(Run run, TaskId task, Set<TaskId> coming) {
    return coming.contains(task) || run.life(run.indexOf(task)).state() instanceof TaskState.Done;
  }

  /** What is wrong with what a report of the batch says of wiring; empty: nothing. */
  static String problemOf(Run run, BatchReport report) {
    Set<TaskId> stay = new LinkedHashSet<>();
    for (MemberOutcome outcome : report.members()) {
      if (outcome.kind() != MemberOutcome.Kind.LANDED) {
        stay.add(outcome.member().task());
      }
    }
    List<Wired> expected = new ArrayList<>();
    boolean nothingNew = report.landed() == 0 && !report.members().isEmpty();
    for (WiringPoint point : nothingNew ? List.<WiringPoint>of() : all(run)) {
      boolean lands = !stay.contains(point.producer()) && !stay.contains(point.consumer());
      if (point.progress() == Progress.NEXT && lands) {
        expected.add(new Wired(point.producer(), point.consumer()));
      }
    }
    return report.wired().equals(expected)
        ? ""
        : "wired: expected " + expected + ", was " + report.wired();
  }
}
