package dev.makespan.core.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads tasks; holds every reference against what the plan declares. */
final class TaskReader {

  /** The role of tasks in a plan that says neither roles nor pools. */
  static final String ANY_ROLE = "agent";

  private static final KeyGroup TOUCHED = new KeyGroup("reads", "writes", "appends", "regenerates");

  private static final KeyGroup PLACED =
      new KeyGroup("phase", "role", "priority", "risk", "labels");

  private final Values values;
  private final Declared declared;
  private final StepReader steps;
  private final EstimateReader estimates;
  private final ExecutionReader executions;

  /** Where tasks belong that say nothing of it. */
  private @Nullable Placement usual;

  TaskReader(Values values, Declared declared) {
    this.values = values;
    this.declared = declared;
    this.steps = new StepReader(values);
    this.estimates = new EstimateReader(values, declared);
    this.executions = new ExecutionReader(values);
  }

  /** Empty when the task has no usable id; its other problems are reported all the same. */
  Optional<Described> task(Fields fields) {
    Optional<String> id = values.requiredId(fields, "id");
    if (!fields.has("role") && declared.pools.size() > 1) {
      String pools = String.join(", ", poolNames());
      String message = "missing key 'role' of a task: expected one of the pools " + pools;
      values.problems().error(fields.at(), "missing-key", message);
    }
    Declared.Named known = declared.tasks.get(id.orElse(""));
    Read read = read(fields, id.orElse(""), known);
    return known == null || id.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Described(
                read.task(),
                fields.at(),
                known.number(),
                values.itemsIfAny(fields, "needs"),
                read.needs().providers()));
  }

  private record Read(Task task, Needs needs) {}

  /** Reports what is wrong with the defaults themselves. */
  void checkDefaults(Fields fields) {
    var _ = read(fields, "", null);
  }

  private Read read(Fields fields, String id, Declared.@Nullable Named known) {
    List<Step> steps = this.steps.steps(fields);
    Estimate estimate = estimates.estimate(fields, steps);
    TaskId shared = known == null ? null : known.id();
    String title = values.title(fields, id);
    Placement placement = placement(fields);
    Needs needs = needs(fields, id);
    Task task =
        new Task(
            shared == null ? new TaskId(id.isEmpty() ? Names.NONE : id) : shared,
            title,
            placement,
            estimate,
            needs.all(),
            values.eachOnce(fields, "stubs", node -> stub(node, id)),
            files(fields),
            uses(fields),
            estimates.milestones(fields, estimate),
            steps,
            values.eachOnce(fields, "ranges", this::range),
            executions.execution(fields),
            executions.completion(fields),
            executions.budget(fields));
    return new Read(task, needs);
  }

  // Placement

  private Placement placement(Fields fields) {
    if (!fields.hasAny(PLACED)) {
      usual = usual == null ? Placement.in(anyRole()) : usual;
      return usual;
    }
    Node phase = fields.find("phase");
    return new Placement(
        phase == null ? null : phase(phase),
        role(fields),
        word(fields, "priority", List.of("P0", "P1", "P2", "P3"))
            .map(Priority::valueOf)
            .orElse(Priority.P2),
        level(fields, "risk").orElse(null),
        values.entries(
            fields,
            "labels",
            entry -> values.literal(entry.value(), "labels", PlanLimits.MAX_TITLE)));
  }

  private Optional<String> word(Fields fields, String key, List<String> words) {
    Node node = fields.find(key);
    return node == null ? Optional.empty() : values.word(node, key, words);
  }

  private Optional<Level> level(Fields fields, String key) {
    return word(fields, key, List.of("low", "medium", "high"))
        .map(word -> Level.valueOf(word.toUpperCase(Locale.ROOT)));
  }

  private @Nullable PhaseId phase(Node node) {
    return reference(node, "phase", declared.phases).map(PhaseId::new).orElse(null);
  }

  private Role role(Fields fields) {
    Node node = fields.find("role");
    if (node != null) {
      return values
          .id(node, "role")
          .map(Role::new)
          .map(r -> pooled(node, r))
          .orElseGet(this::anyRole);
    }
    return anyRole();
  }

  private Role anyRole() {
    return declared.pools.isEmpty()
        ? new Role(ANY_ROLE)
        : declared.pools.keySet().iterator().next();
  }

  private List<String> poolNames() {
    return declared.pools.keySet().stream().map(Role::value).toList();
  }

  private Role pooled(Node node, Role role) {
    Integer slots = declared.pools.get(role);
    if (slots == null && !declared.pools.isEmpty()) {
      values
          .problems()
          .error(
              node.at(),
              "unknown-role",
              "role '"
                  + role
                  + "' has no pool"
                  + values.problems().suggestion(role.value(), poolNames()));
    } else if (slots != null && slots == 0) {
      values
          .problems()
          .error(node.at(), "empty-pool", "role '" + role + "' is one that nobody has: 0 slots");
    }
    return role;
  }

  // References

  private Optional<String> reference(Node node, String what, Set<String> known) {
    Optional<String> name = values.id(node, what);
    if (name.isPresent() && !known.contains(name.get())) {
      values
          .problems()
          .error(
              node.at(),
              "unknown-" + (what.equals("ranges") ? "range" : what),
              "unknown %s %s%s"
                  .formatted(
                      what.equals("ranges") ? "range" : what,
                      Shown.quoted(name.get()),
                      values.problems().suggestion(name.get(), known)));
      return Optional.empty();
    }
    return name;
  }

  private Optional<String> range(Node node) {
    return reference(node, "ranges", declared.ranges);
  }

  /** A task that the plan has; {@code self} may not be named. Null: reported already. */
  private Declared.@Nullable Named known(Node node, String what, String name, String self) {
    Declared.Named known = declared.tasks.get(name);
    if (known == null) {
      values
          .problems()
          .error(
              node.at(),
              "unknown-task",
              what + ": " + declared.unknownTask(name, values.problems()));
      return null;
    }
    if (name.equals(self)) {
      values
          .problems()
          .error(
              node.at(),
              "self-need",
              "%s: expected another task, was '%s' itself".formatted(what, self));
      return null;
    }
    // An id that is badly written is reported where it stands.
    return known.id() == null ? null : known;
  }

  /** What a task needs, and the number of each task that it needs. */
  @SuppressWarnings("ArrayRecordComponent") // as in Described
  private record Needs(List<Need> all, int[] providers) {

    static final Needs NONE = new Needs(List.of(), new int[0]);
  }

  private Needs needs(Fields fields, String self) {
    List<Node> items = values.items(fields, "needs");
    if (items.isEmpty()) {
      return Needs.NONE;
    }
    Once<Need> needs = new Once<>(items.size());
    int[] providers = new int[items.size()];
    for (Node item : items) {
      String text = needText(item);
      Declared.Named known = text == null ? null : known(item, "needs", taskOf(text), self);
      Need need = text == null || known == null ? null : need(item, text, known);
      if (need != null && known != null) {
        providers[needs.size()] = known.number();
        if (!needs.add(need)) {
          values
              .problems()
              .error(item.at(), "duplicate-need", "needs: duplicate " + Shown.quoted("" + need));
        }
      }
    }
    return new Needs(needs.all(), Arrays.copyOf(providers, needs.size()));
  }

  private @Nullable String needText(Node node) {
    String text =
        switch (node) {
          case Node.Text t -> t.value();
          case Node.Numeral n -> n.literal();
          default -> null;
        };
    if (text == null) {
      values.wrongType(node, "needs", "a task or task.milestone");
    }
    return text;
  }

  private static String taskOf(String text) {
    int dot = text.indexOf('.');
    return dot < 0 ? text : text.substring(0, dot);
  }

  private @Nullable Need need(Node node, String text, Declared.Named known) {
    int dot = text.indexOf('.');
    TaskId task = known.id();
    if (dot < 0 || task == null) {
      return known.need();
    }
    String milestone = text.substring(dot + 1);
    if (!known.milestones().contains(milestone) || !Names.isId(milestone)) {
      values
          .problems()
          .error(
              node.at(),
              "unknown-milestone",
              "needs: task '%s' has no milestone %s%s"
                  .formatted(
                      task,
                      Shown.quoted(milestone),
                      values.problems().suggestion(milestone, known.milestones())));
      return null;
    }
    return new Need(task, new MilestoneId(milestone));
  }

  private Optional<Stub> stub(Node node, String self) {
    Fields fields = Fields.of(node, PlanShape.STUB, values.problems());
    Optional<TaskId> task =
        values
            .required(fields, "task")
            .flatMap(name ->
                values
                    .id(name, "task")
                    .map(id -> known(name, "stubs", id, self))
                    .map(Declared.Named::id));
    String via = values.requiredText(fields, "via", PlanLimits.MAX_TITLE);
    return task.map(id -> new Stub(id, via));
  }

  private Map<String, Integer> uses(Fields fields) {
    return values.entries(fields, "uses", this::use);
  }

  private Optional<Integer> use(Node.Entry entry) {
    String name = entry.key().value();
    Integer capacity = declared.resources.get(name);
    if (capacity == null) {
      values
          .problems()
          .error(
              entry.key().at(),
              "unknown-resource",
              "unknown resource "
                  + Shown.quoted(name)
                  + values.problems().suggestion(name, declared.resources.keySet()));
      return Optional.empty();
    }
    Optional<Long> units =
        values.numbers().whole(entry.value(), "uses", 1, PlanLimits.MAX_CAPACITY);
    if (units.isPresent() && units.get() > capacity) {
      values
          .problems()
          .error(
              entry.value().at(),
              "over-capacity",
              "uses: expected at most the %d of '%s', was %d"
                  .formatted(capacity, name, units.get()));
      return Optional.empty();
    }
    return units.map(Long::intValue);
  }

  private List<FileAccess> files(Fields fields) {
    if (!fields.hasAny(TOUCHED)) {
      return List.of();
    }
    List<FileAccess> all = new ArrayList<>();
    values.paths(fields, "reads").forEach(p -> all.add(new FileAccess(p, FileMode.READ)));
    values.paths(fields, "writes").forEach(p -> all.add(new FileAccess(p, FileMode.WRITE)));
    values.paths(fields, "appends").forEach(p -> all.add(new FileAccess(p, FileMode.APPEND)));
    values
        .paths(fields, "regenerates")
        .forEach(p -> all.add(new FileAccess(p, FileMode.REGENERATE)));
    return all;
  }
}
