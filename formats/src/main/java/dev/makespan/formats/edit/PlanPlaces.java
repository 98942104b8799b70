package dev.makespan.formats.edit;

import dev.makespan.core.plan.PlanPart;
import dev.makespan.core.plan.Position;
import dev.makespan.core.plan.TaskId;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/**
 * Where the parts of a plan stand in its file. A part that comes from the defaults is found there;
 * one that the file leaves out is found at what it belongs to.
 */
public final class PlanPlaces {

  private final MappingNode spec;
  private final Node top;
  private final Optional<MappingNode> defaults;
  private final Map<TaskId, MappingNode> tasks = new LinkedHashMap<>();

  private PlanPlaces(MappingNode root) {
    this.top = root;
    this.spec = (MappingNode) SourceTree.find(root, "spec").orElseThrow();
    this.defaults = SourceTree.find(spec, "defaults").flatMap(PlanPlaces::mapping);
    for (Node node : SourceTree.items(SourceTree.find(spec, "tasks").orElseThrow())) {
      if (node instanceof MappingNode task) {
        SourceTree.find(task, "id")
            .ifPresent(id -> tasks.put(new TaskId(SourceTree.valueOf(id)), task));
      }
    }
  }

  /** {@code content}: of a plan without errors. */
  public static PlanPlaces of(byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    boolean marked = !text.isEmpty() && text.charAt(0) == '\uFEFF';
    return new PlanPlaces(new SourceTree(marked ? text.substring(1) : text).root());
  }

  /** Line and column, from 1. */
  public Position of(PlanPart part) {
    return position(node(part));
  }

  private Node node(PlanPart part) {
    return switch (part) {
      case PlanPart.OfSpec(String key) -> keyOf(spec, key).orElse(spec);
      case PlanPart.OfPool(var role) -> in("pools", role.value());
      case PlanPart.OfResource(String resource) -> in("resources", resource);
      case PlanPart.OfPolicy(var path) -> item("files", "path", path.text());
      case PlanPart.OfPhase(var phase) -> item("phases", "id", phase.value());
      case PlanPart.OfRisk(String risk) -> item("risks", "id", risk);
      case PlanPart.OfTask(TaskId task) -> task(task);
      case PlanPart.OfNeed(TaskId task, var need) ->
          listed(task, "needs", item -> SourceTree.valueOf(item).equals(need.toString()));
      case PlanPart.OfStub(TaskId task, TaskId provider) ->
          listed(task, "stubs", item -> says(item, "task", provider.value()));
      case PlanPart.OfFile(TaskId task, var access) ->
          listed(
              task,
              TaskEdit.FILE_KEYS.getOrDefault(access.mode(), "writes"),
              item -> SourceTree.valueOf(item).equals(access.path().text()));
      case PlanPart.OfUse(TaskId task, String resource) ->
          find(task, "uses")
              .flatMap(PlanPlaces::mapping)
              .flatMap(uses -> keyOf(uses, resource))
              .orElse(task(task));
      case PlanPart.OfStep(TaskId task, String step) ->
          listed(task, "steps", item -> says(item, "id", step));
      case PlanPart.OfMilestone(TaskId task, var milestone) ->
          listed(task, "milestones", item -> says(item, "id", milestone.value()));
    };
  }

  private Node task(TaskId id) {
    MappingNode task = tasks.get(id);
    return task == null ? spec : SourceTree.find(task, "id").orElse(task);
  }

  /** A task's own value, or that of the defaults. */
  private Optional<Node> find(TaskId id, String key) {
    return Stream.concat(Optional.ofNullable(tasks.get(id)).stream(), defaults.stream())
        .flatMap(mapping -> SourceTree.find(mapping, key).stream())
        .findFirst();
  }

  private Node listed(TaskId task, String key, Predicate<Node> wanted) {
    Optional<Node> list = find(task, key);
    return list.stream()
        .flatMap(node -> SourceTree.items(node).stream())
        .filter(wanted)
        .findFirst()
        .orElseGet(() -> list.orElse(task(task)));
  }

  private Node in(String key, String name) {
    Optional<Node> there = SourceTree.find(spec, key);
    return there
        .flatMap(PlanPlaces::mapping)
        .flatMap(mapping -> keyOf(mapping, name))
        .orElseGet(() -> there.orElse(spec));
  }

  private Node item(String key, String name, String value) {
    Optional<Node> list = SourceTree.find(spec, key);
    return list.stream()
        .flatMap(node -> SourceTree.items(node).stream())
        .filter(item -> says(item, name, value))
        .findFirst()
        .orElseGet(() -> list.orElse(spec));
  }

  private static Optional<Node> keyOf(MappingNode mapping, String key) {
    return SourceTree.findEntry(mapping, key).map(NodeTuple::getKeyNode);
  }

  private static boolean says(Node item, String key, String value) {
    return mapping(item)
        .flatMap(mapping -> SourceTree.find(mapping, key))
        .map(SourceTree::valueOf)
        .filter(value::equals)
        .isPresent();
  }

  private static Optional<MappingNode> mapping(Node node) {
    return node instanceof MappingNode mapping ? Optional.of(mapping) : Optional.empty();
  }

  private Position position(Node node) {
    Mark mark = node.getStartMark().or(top::getStartMark).orElseThrow();
    return new Position(mark.getLine() + 1, mark.getColumn() + 1);
  }
}
