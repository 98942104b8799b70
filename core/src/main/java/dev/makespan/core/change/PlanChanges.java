package dev.makespan.core.change;

import dev.makespan.core.plan.FilePolicy;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.NumberRange;
import dev.makespan.core.plan.Placement;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Stub;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.plan.TaskIndex;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes changes of a plan. */
public final class PlanChanges {

  private PlanChanges() {}

  /**
   * The changed plan, not checked anew: a change may close a cycle.
   *
   * @throws IllegalArgumentException when a change names a task, need or access that is not there
   */
  public static Plan apply(Plan plan, List<PlanChange> changes) {
    Draft draft = new Draft(plan, changes.size());
    for (PlanChange change : changes) {
      apply(draft, change);
    }
    return draft.plan();
  }

  /** The changed plan; empty: some change names what is not there, or no longer. */
  public static Optional<Plan> findApplied(Plan plan, List<PlanChange> changes) {
    try {
      return Optional.of(apply(plan, changes));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** As {@link #apply(Plan, List)}. */
  public static Plan apply(Plan plan, PlanChange change) {
    return apply(plan, List.of(change));
  }

  private static void apply(Draft plan, PlanChange change) {
    switch (change) {
      case PlanChange.AddNeed add ->
          plan.onTask(add.task(), task -> task.withNeeds(with(task.needs(), add.need())));
      case PlanChange.RemoveNeed remove ->
          plan.onTask(
              remove.task(),
              task -> task.withNeeds(replaced(task.needs(), remove.need(), List.of())));
      case PlanChange.ReplaceNeed replace ->
          plan.onTask(
              replace.task(),
              task -> task.withNeeds(replaced(task.needs(), replace.old(), replace.now())));
      case PlanChange.ReplaceNeedByStub replace -> plan.onTask(replace.task(), stubbed(replace));
      case PlanChange.AddMilestone add ->
          plan.onTask(
              add.task(), task -> task.withMilestones(with(task.milestones(), add.milestone())));
      case PlanChange.AddAccess add ->
          plan.onTask(add.task(), task -> task.withFiles(with(task.files(), add.access())));
      case PlanChange.ReplaceAccess replace ->
          plan.onTask(
              replace.task(),
              task ->
                  task.withFiles(replaced(task.files(), replace.old(), List.of(replace.now()))));
      case PlanChange.RemoveAccess remove ->
          plan.onTask(
              remove.task(),
              task -> task.withFiles(replaced(task.files(), remove.access(), List.of())));
      case PlanChange.SetPolicy set -> plan.rest = policies(plan.rest, set.policy());
      case PlanChange.SetPool set ->
          plan.rest = plan.rest.withPools(put(plan.rest.pools(), set.role(), set.slots()));
      case PlanChange.SetResource set ->
          plan.rest =
              plan.rest.withResources(put(plan.rest.resources(), set.resource(), set.capacity()));
      case PlanChange.SetRange set -> plan.rest = ranges(plan.rest, set.range());
      case PlanChange.TakeRange take ->
          plan.onTask(take.task(), task -> task.withRanges(with(task.ranges(), take.range())));
      case PlanChange.SetLabel set ->
          plan.onTask(set.task(), task -> task.withPlacement(labelled(task.placement(), set)));
      case PlanChange.SplitTask split -> plan.split(split);
    }
  }

  private static UnaryOperator<Task> stubbed(PlanChange.ReplaceNeedByStub replace) {
    return task -> {
      List<Stub> stubs = with(task.stubs(), replace.now());
      return task.withNeeds(replaced(task.needs(), replace.old(), List.<Need>of()))
          .withStubs(stubs);
    };
  }

  /** Each once: what is there already is not added again. */
  private static <T> List<T> with(List<T> items, T added) {
    List<T> all = new ArrayList<>(items);
    if (!all.contains(added)) {
      all.add(added);
    }
    return all;
  }

  private static <T> List<T> replaced(List<T> items, T old, List<? extends T> now) {
    if (!items.contains(old)) {
      throw new IllegalArgumentException("expected " + old + " among " + items);
    }
    LinkedHashSet<T> all = new LinkedHashSet<>();
    for (T item : items) {
      if (item.equals(old)) {
        all.addAll(now);
      } else {
        all.add(item);
      }
    }
    return List.copyOf(all);
  }

  private static <K> Map<K, Integer> put(Map<K, Integer> map, K key, int value) {
    Map<K, Integer> all = new LinkedHashMap<>(map);
    all.put(key, value);
    return all;
  }

  private static Plan policies(Plan plan, FilePolicy policy) {
    return plan.withFiles(inPlace(plan.files(), old -> old.path().equals(policy.path()), policy));
  }

  private static Plan ranges(Plan plan, NumberRange range) {
    return plan.withRanges(inPlace(plan.ranges(), old -> old.name().equals(range.name()), range));
  }

  private static <T> List<T> inPlace(List<T> items, Predicate<T> isOld, T now) {
    List<T> all = new ArrayList<>(items);
    for (int i = 0; i < all.size(); i++) {
      if (isOld.test(all.get(i))) {
        all.set(i, now);
        return all;
      }
    }
    all.add(now);
    return all;
  }

  private static Placement labelled(Placement placement, PlanChange.SetLabel set) {
    Map<String, String> labels = new LinkedHashMap<>(placement.labels());
    labels.put(set.key(), set.value());
    return new Placement(
        placement.phase(), placement.role(), placement.priority(), placement.risk(), labels);
  }

  /** A plan whose tasks change one by one, so that many changes copy it once. */
  private static final class Draft {

    /** For fewer changes an index of all tasks is not worth it. */
    private static final int FEW = 8;

    private final boolean isIndexed;
    private List<Task> tasks;
    private boolean isOwn;
    private @Nullable TaskIndex index;
    private Plan rest;

    Draft(Plan plan, int changes) {
      rest = plan;
      tasks = plan.tasks();
      isIndexed = changes > FEW;
    }

    Plan plan() {
      return isOwn ? rest.withTasks(tasks) : rest;
    }

    void onTask(TaskId id, UnaryOperator<Task> change) {
      int place = placeOf(id);
      own().set(place, change.apply(tasks.get(place)));
    }

    void split(PlanChange.SplitTask split) {
      int place = placeOf(split.task());
      own().remove(place);
      tasks.addAll(place, split.pieces());
      index = null;
    }

    private List<Task> own() {
      if (!isOwn) {
        tasks = new ArrayList<>(tasks);
        isOwn = true;
      }
      return tasks;
    }

    private int placeOf(TaskId id) {
      int place = isIndexed ? indexed(id) : searched(id);
      if (place < 0) {
        throw new IllegalArgumentException("expected a task of the plan, was " + id);
      }
      return place;
    }

    private int indexed(TaskId id) {
      if (index == null) {
        index = TaskIndex.of(tasks);
      }
      return index.find(id);
    }

    /** Most ids are the very object of their task, which is much faster to see. */
    @SuppressWarnings("ReferenceEquality")
    private int searched(TaskId id) {
      for (int i = 0; i < tasks.size(); i++) {
        if (tasks.get(i).id() == id) {
          return i;
        }
      }
      for (int i = 0; i < tasks.size(); i++) {
        if (tasks.get(i).id().equals(id)) {
          return i;
        }
      }
      return TaskIndex.NONE;
    }
  }
}
