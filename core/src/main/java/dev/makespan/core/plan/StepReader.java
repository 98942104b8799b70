package dev.makespan.core.plan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the steps of a task. */
final class StepReader {

  private static final int MAX_STEPS = 1_000;

  private final Values values;

  StepReader(Values values) {
    this.values = values;
  }

  /** Those that can be read; each has its own id, and none comes after itself. */
  List<Step> steps(Fields fields) {
    List<Node> items = values.items(fields, "steps");
    if (items.isEmpty()) {
      return List.of();
    }
    if (items.size() > MAX_STEPS) {
      values
          .problems()
          .error(
              fields.at("steps"),
              "too-many",
              "steps: expected at most " + MAX_STEPS + ", was " + items.size());
      return List.of();
    }
    Set<String> seen = new LinkedHashSet<>();
    List<Step> steps = new ArrayList<>();
    for (Node item : items) {
      step(item, seen).ifPresent(steps::add);
    }
    checkAfter(items, steps, seen);
    return steps;
  }

  private Optional<Step> step(Node node, Set<String> seen) {
    Fields fields = Fields.of(node, PlanShape.STEP, values.problems());
    Optional<String> id = values.requiredId(fields, "id");
    if (id.isPresent() && !seen.add(id.get())) {
      values.problems().error(fields.at("id"), "duplicate-id", "duplicate step '" + id.get() + "'");
    }
    var duration =
        values
            .required(fields, "duration")
            .flatMap(value -> values.duration(value, "duration", false));
    String title = values.title(fields, id.orElse(""));
    List<FilePattern> reads = values.paths(fields, "reads");
    List<FilePattern> writes = values.paths(fields, "writes");
    List<String> after = values.eachOnce(fields, "after", n -> values.id(n, "after"));
    return id.flatMap(name -> duration.map(d -> new Step(name, title, d, reads, writes, after)));
  }

  /** Steps come after known steps, and not after themselves on any way round. */
  private void checkAfter(List<Node> items, List<Step> steps, Set<String> known) {
    for (Step step : steps) {
      for (String before : step.after()) {
        if (!known.contains(before)) {
          values
              .problems()
              .error(
                  placeOf(items, step),
                  "unknown-step",
                  "after: unknown step "
                      + Shown.quoted(before)
                      + values.problems().suggestion(before, known));
        }
      }
    }
    List<Step> open = new ArrayList<>(steps);
    Set<String> done = new LinkedHashSet<>();
    while (open.removeIf(step -> isOpened(step, known, done))) {
      // Each round takes the steps that what was taken before has opened.
    }
    if (!open.isEmpty()) {
      Step first = open.getFirst();
      values
          .problems()
          .error(
              placeOf(items, first),
              "cycle",
              "cycle: step '%s' comes, by way of others, after itself".formatted(first.id()));
    }
  }

  private static boolean isOpened(Step step, Set<String> known, Set<String> done) {
    boolean opened = step.after().stream().allMatch(id -> done.contains(id) || !known.contains(id));
    if (opened) {
      done.add(step.id());
    }
    return opened;
  }

  private Position placeOf(List<Node> items, Step step) {
    for (Node item : items) {
      if (item instanceof Node.Mapping mapping && says(mapping, step.id())) {
        return mapping.entries().stream()
            .filter(entry -> entry.key().value().equals("after"))
            .map(entry -> entry.value().at())
            .findFirst()
            .orElse(mapping.at());
      }
    }
    return items.getFirst().at();
  }

  private static boolean says(Node.Mapping mapping, String id) {
    return mapping.entries().stream()
        .anyMatch(entry ->
            entry.key().value().equals("id")
                && entry.value() instanceof Node.Text text
                && text.value().equals(id));
  }
}
