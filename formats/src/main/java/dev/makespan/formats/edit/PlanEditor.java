package dev.makespan.formats.edit;

import dev.makespan.core.change.PlanChange;
import dev.makespan.core.change.PlanChanges;
import dev.makespan.core.plan.CheckedPlan;
import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Problem;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import dev.makespan.formats.plan.PlanReader;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Writes changes into a plan file, YAML or JSON. What it answers reads as the changed plan: it is
 * read again, and what does not is refused.
 */
public final class PlanEditor {

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private PlanEditor() {}

  /** What became of a file. */
  public sealed interface Edited {

    /** The changed file, which is written in UTF-8. */
    record Done(String text, Plan plan) implements Edited {}

    /** Nothing was changed; why, in one sentence. */
    record Refused(String reason) implements Edited {}
  }

  public static Edited edit(byte[] content, List<PlanChange> changes) {
    if (!(PlanReader.read(content) instanceof CheckedPlan.Accepted accepted)) {
      return new Edited.Refused("the file is no plan without errors");
    }
    Plan before = accepted.plan();
    Optional<Plan> after = PlanChanges.findApplied(before, changes);
    if (after.isEmpty()) {
      return new Edited.Refused("a change names what is not in the plan, or not any more");
    }
    String text = new String(content, StandardCharsets.UTF_8);
    String mark = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(0, 1) : "";
    String edited = mark + edited(text.substring(mark.length()), before, after.get(), changes);
    return verified(edited, after.get());
  }

  private static String edited(String text, Plan before, Plan after, List<PlanChange> changes) {
    SourceTree source = new SourceTree(text);
    TextEdits edits = new TextEdits();
    MappingNode spec = (MappingNode) SourceTree.find(source.root(), "spec").orElseThrow();
    new SpecEdit(source, edits, spec).change(before, after);
    Map<TaskId, Task> tasks = new LinkedHashMap<>();
    after.tasks().forEach(task -> tasks.put(task.id(), task));
    Map<TaskId, List<Task>> pieces = pieces(changes, tasks);
    List<Node> nodes = SourceTree.items(SourceTree.find(spec, "tasks").orElseThrow());
    for (int i = 0; i < nodes.size(); i++) {
      Task old = before.tasks().get(i);
      Task now = tasks.get(old.id());
      MappingNode node = (MappingNode) nodes.get(i);
      if (now != null) {
        new TaskEdit(source, edits, node).change(old, now);
      } else {
        new TaskSplit(source, edits).replace(node, pieces.getOrDefault(old.id(), List.of()));
      }
    }
    return edits.isEmpty() ? text : edits.applyTo(text);
  }

  /** As they are after all changes. */
  private static Map<TaskId, List<Task>> pieces(List<PlanChange> changes, Map<TaskId, Task> tasks) {
    Map<TaskId, List<Task>> pieces = new LinkedHashMap<>();
    for (PlanChange change : changes) {
      if (change instanceof PlanChange.SplitTask split) {
        pieces.put(
            split.task(),
            split.pieces().stream().map(piece -> tasks.getOrDefault(piece.id(), piece)).toList());
      }
    }
    return pieces;
  }

  private static Edited verified(String text, Plan after) {
    return switch (PlanReader.read(text.getBytes(StandardCharsets.UTF_8))) {
      case CheckedPlan.Accepted read when asRead(read.plan()).equals(asRead(after)) ->
          new Edited.Done(text, read.plan());
      case CheckedPlan.Accepted read ->
          new Edited.Refused(
              "this file is laid out so that the change can't be written safely"
                  + difference(asRead(read.plan()), asRead(after)));
      case CheckedPlan.Refused refused ->
          new Edited.Refused("the changed plan would have errors: " + first(refused.problems()));
    };
  }

  private static String first(List<Problem> problems) {
    return problems.isEmpty() ? "unknown" : problems.getFirst().message();
  }

  private static String difference(Plan read, Plan wanted) {
    for (int i = 0; i < Math.min(read.tasks().size(), wanted.tasks().size()); i++) {
      if (!read.tasks().get(i).equals(wanted.tasks().get(i))) {
        return ": task " + wanted.tasks().get(i).id() + " would come out otherwise";
      }
    }
    return "";
  }

  /** A file lists paths by mode, so that their order across modes is lost. */
  private static Plan asRead(Plan plan) {
    Comparator<FileAccess> byMode = Comparator.comparing(FileAccess::mode);
    return plan.withTasks(
        plan.tasks().stream()
            .map(task -> task.withFiles(task.files().stream().distinct().sorted(byMode).toList()))
            .toList());
  }
}
