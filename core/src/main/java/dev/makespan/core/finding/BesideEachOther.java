package dev.makespan.core.finding;

import dev.makespan.core.change.PlanChange;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.Step;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Splits a task so that some of its steps run beside each other. The others stay one after another
 * as far as nothing stands between them; the first piece waits for all that the task waits for, and
 * what waits for the task waits for its last pieces.
 */
final class BesideEachOther {

  private final Scope scope;
  private final FileFlows flows;
  private final Pieces pieces;
  private final int place;
  private final Task task;

  BesideEachOther(Scope scope, FileFlows flows, Pieces pieces, int place) {
    this.scope = scope;
    this.flows = flows;
    this.pieces = pieces;
    this.place = place;
    this.task = scope.task(place);
  }

  /**
   * @param groups the steps of the task in order; those of one group run beside each other
   */
  List<PlanChange> changes(List<List<Integer>> groups) {
    List<Task> made = new ArrayList<>();
    List<Need> needs = task.needs();
    for (List<List<Step>> level : levels(groups)) {
      List<Need> next = new ArrayList<>();
      for (List<Step> steps : level) {
        Task piece = pieces.piece(task, steps, needs);
        made.add(piece);
        next.add(Need.of(piece.id()));
      }
      needs = next;
    }
    List<PlanChange> all = new ArrayList<>();
    all.add(new PlanChange.SplitTask(task.id(), made));
    addSuccessors(made, needs, all);
    return all;
  }

  /** Per level the pieces, per piece its steps: groups of one step each that follow are one. */
  private List<List<List<Step>>> levels(List<List<Integer>> groups) {
    List<List<List<Step>>> levels = new ArrayList<>();
    boolean wasSingle = false;
    for (List<Integer> group : groups) {
      List<Step> steps = group.stream().map(task.steps()::get).toList();
      if (steps.size() == 1 && wasSingle) {
        levels.getLast().getFirst().add(steps.getFirst());
      } else {
        levels.add(
            new ArrayList<>(
                steps.stream().map(s -> (List<Step>) new ArrayList<>(List.of(s))).toList()));
      }
      wasSingle = steps.size() == 1;
    }
    return levels;
  }

  private void addSuccessors(List<Task> made, List<Need> last, List<PlanChange> all) {
    for (int consumer : consumers()) {
      TaskId id = scope.id(consumer);
      for (Need need : flows.needsOn(consumer, task.id())) {
        List<Need> now = need.milestone() == null ? last : Pieces.upTo(need, made);
        all.add(new PlanChange.ReplaceNeed(id, need, now));
      }
    }
  }

  private Set<Integer> consumers() {
    Set<Integer> consumers = new TreeSet<>();
    var graph = scope.graph();
    for (int slot = graph.successorsBegin(place); slot < graph.successorsEnd(place); slot++) {
      if (graph.successor(slot) < graph.tasks()) {
        consumers.add(graph.successor(slot));
      }
    }
    return consumers;
  }
}
