package dev.makespan.bench;

import dev.makespan.core.plan.Estimate;
import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.Node;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Position;
import dev.makespan.core.plan.Task;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A generated plan as a plan file: its nodes, as a reader would make them, and its bytes. */
final class PlanDocument {

  private final Plan plan;
  private int line = 1;

  private PlanDocument(Plan plan) {
    this.plan = plan;
  }

  /** The document of tasks with needs, durations and files; each task on its own line. */
  static Node.Mapping of(Plan plan) {
    return new PlanDocument(plan).document();
  }

  /** YAML in UTF-8. */
  static byte[] yaml(Node.Mapping document) {
    StringBuilder text = new StringBuilder();
    append(document, text);
    return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  private Node.Mapping document() {
    List<Node.Entry> spec = new ArrayList<>();
    List<Node.Entry> pools = new ArrayList<>();
    plan.pools()
        .forEach((role, slots) ->
            pools.add(entry(role.value(), new Node.Numeral(at(), slots.toString()))));
    spec.add(entry("pools", new Node.Mapping(at(), pools)));
    List<Node> tasks = new ArrayList<>();
    for (Task task : plan.tasks()) {
      line++;
      tasks.add(task(task));
    }
    spec.add(entry("tasks", new Node.Sequence(at(), tasks)));
    return new Node.Mapping(
        at(),
        List.of(
            entry("apiVersion", text("makespan.dev/v1")),
            entry("kind", text("Plan")),
            entry("metadata", new Node.Mapping(at(), List.of(entry("name", text(plan.name()))))),
            entry("spec", new Node.Mapping(at(), spec))));
  }

  private Node task(Task task) {
    List<Node.Entry> entries = new ArrayList<>();
    entries.add(entry("id", text(task.id().value())));
    entries.add(entry("title", text(task.title())));
    entries.add(entry("duration", duration(task.estimate())));
    List<String> needs = task.needs().stream().map(need -> need.task().value()).toList();
    addTexts(entries, "needs", needs);
    addTexts(entries, "reads", paths(task, FileMode.READ));
    addTexts(entries, "writes", paths(task, FileMode.WRITE));
    return new Node.Mapping(at(), entries);
  }

  private Node duration(Estimate estimate) {
    if (estimate.optimistic().equals(estimate.pessimistic())) {
      return text(millis(estimate.likely()));
    }
    return new Node.Mapping(
        at(),
        List.of(
            entry("optimistic", text(millis(estimate.optimistic()))),
            entry("likely", text(millis(estimate.likely()))),
            entry("pessimistic", text(millis(estimate.pessimistic())))));
  }

  private static String millis(Duration duration) {
    return duration.toMillis() + "ms";
  }

  private static List<String> paths(Task task, FileMode mode) {
    return task.files().stream()
        .filter(access -> access.mode() == mode)
        .map(FileAccess::path)
        .map(path -> path.text())
        .toList();
  }

  private void addTexts(List<Node.Entry> entries, String key, List<String> values) {
    if (!values.isEmpty()) {
      List<Node> items = values.stream().<Node>map(this::text).toList();
      entries.add(entry(key, new Node.Sequence(at(), items)));
    }
  }

  private Node.Entry entry(String key, Node value) {
    return new Node.Entry(text(key), value);
  }

  private Node.Text text(String value) {
    return new Node.Text(at(), value);
  }

  private Position at() {
    return new Position(line, 1);
  }

  private static void append(Node node, StringBuilder text) {
    switch (node) {
      case Node.Mapping mapping -> {
        text.append('{');
        for (Node.Entry entry : mapping.entries()) {
          text.append(entry.key().value()).append(": ");
          append(entry.value(), text);
          text.append(", ");
        }
        text.append('}');
      }
      case Node.Sequence sequence -> {
        text.append('[');
        for (Node item : sequence.items()) {
          text.append(item instanceof Node.Mapping ? "\n  " : "");
          append(item, text);
          text.append(", ");
        }
        text.append(']');
      }
      case Node.Text value -> text.append(value.value());
      case Node.Numeral number -> text.append(number.literal());
      case Node.Bool bool -> text.append(bool.value());
      case Node.Nothing ignored -> text.append("null");
    }
  }
}
