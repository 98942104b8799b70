package dev.makespan.formats.analysis;

import dev.makespan.core.change.PlanChange;
import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FilePolicy;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.NumberRange;
import dev.makespan.core.plan.TaskId;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Changes of a plan for people, each in one phrase. */
public final class ChangeText {

  private ChangeText() {}

  /** {@code get-post: also needs schema}; {@code pools: backend 5}. */
  public static String of(PlanChange change) {
    TaskId task = taskOf(change);
    return (task == null ? "" : task + ": ") + phrase(change);
  }

  /** A stable name for programs: {@code add-need}. */
  public static String kindOf(PlanChange change) {
    return switch (change) {
      case PlanChange.AddNeed _ -> "add-need";
      case PlanChange.RemoveNeed _ -> "remove-need";
      case PlanChange.ReplaceNeed _ -> "replace-need";
      case PlanChange.ReplaceNeedByStub _ -> "replace-need-by-stub";
      case PlanChange.AddMilestone _ -> "add-milestone";
      case PlanChange.AddAccess _ -> "add-access";
      case PlanChange.ReplaceAccess _ -> "replace-access";
      case PlanChange.RemoveAccess _ -> "remove-access";
      case PlanChange.SetPolicy _ -> "set-policy";
      case PlanChange.SetPool _ -> "set-pool";
      case PlanChange.SetResource _ -> "set-resource";
      case PlanChange.SetRange _ -> "set-range";
      case PlanChange.TakeRange _ -> "take-range";
      case PlanChange.SetLabel _ -> "set-label";
      case PlanChange.SplitTask _ -> "split-task";
    };
  }

  /** The task that is changed; null: none, but what the tasks share. */
  public static @Nullable TaskId taskOf(PlanChange change) {
    return switch (change) {
      case PlanChange.AddNeed add -> add.task();
      case PlanChange.RemoveNeed remove -> remove.task();
      case PlanChange.ReplaceNeed replace -> replace.task();
      case PlanChange.ReplaceNeedByStub replace -> replace.task();
      case PlanChange.AddMilestone add -> add.task();
      case PlanChange.AddAccess add -> add.task();
      case PlanChange.ReplaceAccess replace -> replace.task();
      case PlanChange.RemoveAccess remove -> remove.task();
      case PlanChange.TakeRange take -> take.task();
      case PlanChange.SetLabel set -> set.task();
      case PlanChange.SplitTask split -> split.task();
      case PlanChange.SetPolicy _,
          PlanChange.SetPool _,
          PlanChange.SetResource _,
          PlanChange.SetRange _ ->
          null;
    };
  }

  private static String phrase(PlanChange change) {
    return switch (change) {
      case PlanChange.AddNeed add -> "also needs " + add.need();
      case PlanChange.RemoveNeed remove -> "no longer needs " + remove.need();
      case PlanChange.ReplaceNeed replace ->
          "needs %s instead of %s".formatted(needs(replace.now()), replace.old());
      case PlanChange.ReplaceNeedByStub replace ->
          "starts on a stub of %s via %s instead of needing %s"
              .formatted(replace.now().task(), replace.now().via(), replace.old());
      case PlanChange.AddMilestone add ->
          "has a milestone %s after %s"
              .formatted(add.milestone().id(), Figures.duration(add.milestone().after()));
      case PlanChange.AddAccess add -> "also %s".formatted(access(add.access()));
      case PlanChange.ReplaceAccess replace ->
          "%s; no longer %s".formatted(access(replace.now()), access(replace.old()));
      case PlanChange.RemoveAccess remove -> "no longer " + access(remove.access());
      case PlanChange.SetPolicy set -> policy(set.policy());
      case PlanChange.SetPool set -> "pools: %s %d".formatted(set.role(), set.slots());
      case PlanChange.SetResource set ->
          "resources: %s %d".formatted(set.resource(), set.capacity());
      case PlanChange.SetRange set -> range(set.range());
      case PlanChange.TakeRange take -> "takes numbers from " + take.range();
      case PlanChange.SetLabel set -> "label %s = %s".formatted(set.key(), set.value());
      case PlanChange.SplitTask split ->
          "becomes "
              + split.pieces().stream()
                  .map(piece -> piece.id() + " (" + Figures.duration(piece.duration()) + ")")
                  .collect(Collectors.joining(", "));
    };
  }

  private static String needs(List<Need> needs) {
    return needs.isEmpty()
        ? "nothing"
        : needs.stream().map(Need::toString).collect(Collectors.joining(" and "));
  }

  private static String access(FileAccess access) {
    return switch (access.mode()) {
          case READ -> "reads ";
          case WRITE -> "writes ";
          case APPEND -> "appends to ";
          case REGENERATE -> "regenerates ";
        }
        + access.path();
  }

  private static String policy(FilePolicy policy) {
    String owner = policy.owner() == null ? "" : " " + policy.owner();
    return "files: %s is %s%s".formatted(policy.path(), Figures.word(policy.kind()), owner);
  }

  private static String range(NumberRange range) {
    return "ranges: %s from %d, %d each, %d apart"
        .formatted(range.name(), range.first(), range.size(), range.stride());
  }
}
