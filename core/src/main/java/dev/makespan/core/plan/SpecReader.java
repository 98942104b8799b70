package dev.makespan.core.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a plan's document: first what is declared, then what refers to it. Every part is read, so
 * that the problems of all parts are found in one go.
 */
final class SpecReader {

  static final String API_VERSION = "makespan.dev/v1";
  static final String KIND = "Plan";
  private static final Duration LONGEST_DAY = Duration.ofDays(1);

  private final Problems problems;
  private final Declared declared = new Declared();
  private final Values values;
  private final DeclarationReader declarations;
  private final TaskReader tasks;
  private final PartsReader parts;

  SpecReader(Problems problems) {
    this.problems = problems;
    this.values = new Values(problems, declared);
    this.declarations = new DeclarationReader(values, declared);
    this.tasks = new TaskReader(values, declared);
    this.parts = new PartsReader(values, declared);
  }

  /** What was read; usable as a plan when nothing was found. */
  record Reading(Plan plan, List<Described> tasks) {}

  Reading read(Node root) {
    Fields document = Fields.of(root, PlanShape.PLAN, problems);
    if (!(root instanceof Node.Mapping)) {
      return new Reading(plan(Names.NONE, "", document, document, List.of()), List.of());
    }
    expect(document, "apiVersion", API_VERSION);
    expect(document, "kind", KIND);
    Fields spec = part(document, "spec", PlanShape.SPEC);
    day(spec);
    declarations.parameterNames(spec);
    Fields metadata = part(document, "metadata", PlanShape.METADATA);
    String name = values.requiredId(metadata, "name").orElse(Names.NONE);
    declarations.declare(spec);
    List<Described> read = tasks(spec);
    return new Reading(plan(name, values.title(metadata, name), document, spec, read), read);
  }

  private void expect(Fields document, String key, String expected) {
    Optional<Node> node = values.required(document, key);
    node.ifPresent(value -> values.word(value, key, List.of(expected)));
  }

  /** A mapping that must be there; with no keys when it is not. */
  private Fields part(Fields document, String key, PlanShape shape) {
    return values
        .required(document, key)
        .map(node -> Fields.of(node, shape, problems))
        .orElse(Fields.none(document.at(), shape));
  }

  private void day(Fields spec) {
    Duration day = values.findDuration(spec, "day", false);
    if (day != null && day.compareTo(LONGEST_DAY) > 0) {
      problems.error(spec.at("day"), "out-of-range", "day: expected at most 24h");
    } else if (day != null) {
      values.dayIs(day);
    }
  }

  private List<Described> tasks(Fields spec) {
    Optional<Node> node = values.required(spec, "tasks");
    List<Node> items = values.items(spec, "tasks");
    if (items.isEmpty() && node.isPresent() && node.get() instanceof Node.Sequence) {
      problems.error(spec.at("tasks"), "missing-value", "tasks: expected at least one task");
    }
    if (items.size() > PlanLimits.MAX_TASKS) {
      problems.error(
          spec.at("tasks"),
          "too-many",
          "tasks: expected at most " + PlanLimits.MAX_TASKS + ", was " + items.size());
      return List.of();
    }
    return tasks(spec, items);
  }

  private List<Described> tasks(Fields spec, List<Node> items) {
    Node said = spec.find("defaults");
    Fields defaults =
        said == null
            ? Fields.none(spec.at(), PlanShape.DEFAULTS)
            : Fields.of(said, PlanShape.DEFAULTS, problems);
    declarations.tasks(items, defaults);
    if (said != null) {
      tasks.checkDefaults(defaults);
    }
    BitSet seen = new BitSet();
    List<Described> all = new ArrayList<>(items.size());
    for (Node item : items) {
      Fields fields = Fields.of(item, PlanShape.TASK, problems);
      if (item instanceof Node.Mapping) {
        tasks
            .task(said == null ? fields : fields.over(defaults))
            .ifPresent(task -> add(task, fields, seen, all));
      }
    }
    return all;
  }

  private void add(Described task, Fields fields, BitSet seen, List<Described> all) {
    if (!seen.get(task.declared())) {
      seen.set(task.declared());
      all.add(task);
    } else {
      problems.error(fields.at("id"), "duplicate-id", "duplicate task '" + task.task().id() + "'");
    }
  }

  private Plan plan(
      String name, String title, Fields document, Fields spec, List<Described> described) {
    if (document == spec) {
      spec = Fields.none(document.at(), PlanShape.SPEC);
    }
    List<Task> all = described.stream().map(Described::task).toList();
    List<NumberRange> ranges = declarations.ranges(spec, all);
    return new Plan(
        name,
        title,
        values.day(),
        declarations.parameters(spec),
        pools(all),
        declared.resources,
        ranges,
        parts.files(spec),
        declarations.phases(spec),
        all,
        parts.risks(spec),
        parts.workspace(spec),
        parts.intake(spec),
        parts.budget(spec),
        parts.coordination(spec),
        parts.dispatching(spec));
  }

  /** The pools that are given, and one slot for each role when none are. */
  private Map<Role, Integer> pools(List<Task> all) {
    Map<Role, Integer> pools = new LinkedHashMap<>(declared.pools);
    all.forEach(task -> pools.putIfAbsent(task.role(), 1));
    return pools;
  }
}
