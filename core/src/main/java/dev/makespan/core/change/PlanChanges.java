package dev.makespan.core.change;

import dev.makespan.core.plan.FilePolicy;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.NumberRange;
import dev.makespan.core.plan.Placement;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Stub;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Makes changes of a plan. */
public final class PlanChanges {

  private PlanChanges() {}

  /**
   * The changed plan, not checked anew: a change may close a cycle.
   *
   * @throws IllegalArgumentException when a change names a task, need or access that is not there
   */
  public static Plan apply(Plan plan, List<PlanChange> changes) {
    Plan changed = plan;
    for (PlanChange change : changes) {
      changed = apply(changed, change);
    }
    return changed;
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
    return switch (change) {
      case PlanChange.AddNeed add ->
          onTask(plan, add.task(), task -> task.withNeeds(with(task.needs(), add.need())));
      case PlanChange.RemoveNeed remove ->
          onTask(
              plan,
              remove.task(),
              task -> task.withNeeds(replaced(task.needs(), remove.need(), List.of())));
      case PlanChange.ReplaceNeed replace ->
          onTask(
              plan,
              replace.task(),
              task -> task.withNeeds(replaced(task.needs(), replace.old(), replace.now())));
      case PlanChange.ReplaceNeedByStub replace -> onTask(plan, replace.task(), stubbed(replace));
      case PlanChange.AddMilestone add ->
          onTask(
              plan,
              add.task(),
              task -> task.withMilestones(with(task.milestones(), add.milestone())));
      case PlanChange.AddAccess add ->
          onTask(plan, add.task(), task -> task.withFiles(with(task.files(), add.access())));
      case PlanChange.ReplaceAccess replace ->
          onTask(
              plan,
              replace.task(),
              task ->
                  task.withFiles(replaced(task.files(), replace.old(), List.of(replace.now()))));
      case PlanChange.RemoveAccess remove ->
          onTask(
              plan,
              remove.task(),
              task -> task.withFiles(replaced(task.files(), remove.access(), List.of())));
      case PlanChange.SetPolicy set -> plan.withFiles(policies(plan, set.policy()));
      case PlanChange.SetPool set -> plan.withPools(put(plan.pools(), set.role(), set.slots()));
      case PlanChange.SetResource set ->
          plan.withResources(put(plan.resources(), set.resource(), set.capacity()));
      case PlanChange.SetRange set -> plan.withRanges(ranges(plan, set.range()));
      case PlanChange.TakeRange take ->
          onTask(plan, take.task(), task -> task.withRanges(with(task.ranges(), take.range())));
      case PlanChange.SetLabel set ->
          onTask(plan, set.task(), task -> task.withPlacement(labelled(task.placement(), set)));
      case PlanChange.SplitTask split -> split(plan, split);
    };
  }

  private static UnaryOperator<Task> stubbed(PlanChange.ReplaceNeedByStub replace) {
    return task -> {
      List<Stub> stubs = with(task.stubs(), replace.now());
      return task.withNeeds(replaced(task.needs(), replace.old(), List.<Need>of()))
          .withStubs(stubs);
    };
  }

  private static Plan onTask(Plan plan, TaskId id, UnaryOperator<Task> change) {
    int place = placeOf(plan, id);
    List<Task> tasks = new ArrayList<>(plan.tasks());
    tasks.set(place, change.apply(tasks.get(place)));
    return plan.withTasks(tasks);
  }

  /** Most ids are the very object of their task, which is much faster to see. */
  @SuppressWarnings("ReferenceEquality")
  private static int placeOf(Plan plan, TaskId id) {
    List<Task> tasks = plan.tasks();
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
    throw new IllegalArgumentException("expected a task of the plan, was " + id);
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

  private static List<FilePolicy> policies(Plan plan, FilePolicy policy) {
    return inPlace(plan.files(), old -> old.path().equals(policy.path()), policy);
  }

  private static List<NumberRange> ranges(Plan plan, NumberRange range) {
    return inPlace(plan.ranges(), old -> old.name().equals(range.name()), range);
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

  private static Plan split(Plan plan, PlanChange.SplitTask split) {
    List<Task> tasks = new ArrayList<>(plan.tasks());
    int place = placeOf(plan, split.task());
    tasks.remove(place);
    tasks.addAll(place, split.pieces());
    return plan.withTasks(tasks);
  }
}
