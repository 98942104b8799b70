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

  private static final int[] NO_PROVIDERS = {};

  private int tasksRead;

  /**
   * By the numbers of tasks: how many tasks were read when it was last needed. What the task at
   * hand has not needed yet cannot be there twice, and need not be compared.
   */
  private int[] lastNeededBy = {};

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
    Optional<String> id = id(fields);
    if (!fields.has("role") && declared.pools.size() > 1) {
      String pools = String.join(", ", poolNames());
      String message = "missing key 'role' of a task: expected one of the pools " + pools;
      values.problems().error(fields.at(), "missing-key", message);
    }
    int number = declared.tasks.find(id.orElse(""));
    List<Node> described = values.itemsIfAny(fields, "needs");
    Needs needs = new Needs(described.size());
    if (id.filter(Reserved.INTEGRATION.value()::equals).isPresent()) {
      values
          .problems()
          .error(
              fields.at("id"),
              "reserved-name",
              "id: '" + Reserved.INTEGRATION + "' is the task that merges accepted work");
    }
    Task task = read(fields, id.orElse(""), number, needs);
    return number == DeclaredTasks.NONE || id.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Described(task, fields.at(), number, described, needs.providers(), needs.hasParts));
  }

  /** Ids that were declared as such need no second look. */
  private Optional<String> id(Fields fields) {
    return fields.find("id") instanceof Node.Text text && isId(text.value())
        ? Optional.of(text.value())
        : values.requiredId(fields, "id");
  }

  private boolean isId(String text) {
    int number = declared.tasks.find(text);
    return number != DeclaredTasks.NONE && declared.tasks.need(number) != null;
  }

  /** Reports what is wrong with the defaults themselves. */
  void checkDefaults(Fields fields) {
    int needs = values.itemsIfAny(fields, "needs").size();
    var _ = read(fields, "", DeclaredTasks.NONE, new Needs(needs));
  }

  private Task read(Fields fields, String id, int number, Needs needs) {
    List<Step> steps = this.steps.steps(fields);
    Estimate estimate = estimates.estimate(fields, steps);
    TaskId shared = number == DeclaredTasks.NONE ? null : declared.tasks.id(number);
    String title = values.title(fields, id);
    Placement placement = placement(fields);
    addNeeds(fields, number, needs);
    return new Task(
        shared == null ? new TaskId(id.isEmpty() ? Names.NONE : id) : shared,
        title,
        placement,
        estimate,
        needs.all(),
        values.eachOnce(fields, "stubs", node -> stub(node, number)),
        files(fields),
        uses(fields),
        estimates.milestones(fields, estimate),
        steps,
        values.eachOnce(fields, "ranges", this::range),
        executions.execution(fields),
        executions.completion(fields),
        executions.budget(fields));
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
    if (role.equals(Reserved.INTEGRATOR)) {
      values
          .problems()
          .error(node.at(), "reserved-name", "role '" + role + "' is that of agents which merge");
    }
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

  /** The number of a task that is not {@code self}; none: reported already. */
  private int known(Node node, String what, String name, int self) {
    int number = declared.tasks.find(name);
    if (number == DeclaredTasks.NONE) {
      values
          .problems()
          .error(
              node.at(),
              "unknown-task",
              what + ": " + declared.unknownTask(name, values.problems()));
      return DeclaredTasks.NONE;
    }
    // An id that is badly written is reported where it stands.
    if (declared.tasks.need(number) == null) {
      return DeclaredTasks.NONE;
    }
    if (number == self) {
      values
          .problems()
          .error(
              node.at(),
              "self-need",
              "%s: expected another task, was '%s' itself".formatted(what, name));
      return DeclaredTasks.NONE;
    }
    return number;
  }

  /** What a task needs, each once, and the number of each task that it needs. */
  private final class Needs {

    private final Once<Need> all;
    private final int[] providers;
    private boolean hasParts;

    Needs(int most) {
      this.all = new Once<>(most);
      this.providers = most == 0 ? NO_PROVIDERS : new int[most];
    }

    void add(Node item, Need need, int provider) {
      providers[all.size()] = provider;
      boolean isSurelyNew = lastNeededBy[provider] != tasksRead;
      lastNeededBy[provider] = tasksRead;
      if (isSurelyNew) {
        all.addNew(need);
      } else if (!all.add(need)) {
        values
            .problems()
            .error(item.at(), "duplicate-need", "needs: duplicate " + Shown.quoted("" + need));
      }
    }

    List<Need> all() {
      return all.all();
    }

    int[] providers() {
      int size = all.size();
      return size == providers.length ? providers : Arrays.copyOf(providers, size);
    }
  }

  private void addNeeds(Fields fields, int self, Needs needs) {
    if (++tasksRead == 1) {
      lastNeededBy = new int[declared.tasks.size()];
    }
    for (Node item : values.items(fields, "needs")) {
      String text = needText(item);
      int whole = text == null ? DeclaredTasks.NONE : declared.tasks.find(text);
      Need need = whole == DeclaredTasks.NONE ? null : declared.tasks.need(whole);
      if (need != null && whole != self) {
        // The text is an id as it stands: most are, and none has a dot.
        needs.add(item, need, whole);
      } else if (text != null) {
        addPart(item, text, self, needs);
      }
    }
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

  /** A need of a task's milestone, or one that means nothing. */
  private void addPart(Node item, String text, int self, Needs needs) {
    int dot = text.indexOf('.');
    int provider = known(item, "needs", dot < 0 ? text : text.substring(0, dot), self);
    TaskId task = provider == DeclaredTasks.NONE ? null : declared.tasks.id(provider);
    if (task == null) {
      return;
    }
    String milestone = text.substring(dot + 1);
    List<String> milestones = declared.tasks.milestones(provider);
    if (milestones.contains(milestone) && Names.isId(milestone)) {
      needs.add(item, new Need(task, new MilestoneId(milestone)), provider);
      needs.hasParts = true;
    } else {
      values
          .problems()
          .error(
              item.at(),
              "unknown-milestone",
              "needs: task '%s' has no milestone %s%s"
                  .formatted(
                      task,
                      Shown.quoted(milestone),
                      values.problems().suggestion(milestone, milestones)));
    }
  }

  private Optional<Stub> stub(Node node, int self) {
    Fields fields = Fields.of(node, PlanShape.STUB, values.problems());
    Optional<TaskId> task =
        values
            .required(fields, "task")
            .flatMap(name ->
                values
                    .id(name, "task")
                    .map(id -> known(name, "stubs", id, self))
                    .filter(number -> number != DeclaredTasks.NONE)
                    .map(declared.tasks::id));
    String via = values.requiredText(fields, "via", PlanLimits.MAX_TITLE);
    String wire = values.findText(fields, "wire", PlanLimits.MAX_TEXT);
    return task.map(id -> new Stub(id, via, wire));
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
    addFiles(fields, "reads", FileMode.READ, all);
    addFiles(fields, "writes", FileMode.WRITE, all);
    addFiles(fields, "appends", FileMode.APPEND, all);
    addFiles(fields, "regenerates", FileMode.REGENERATE, all);
    return all;
  }

  private void addFiles(Fields fields, String key, FileMode mode, List<FileAccess> all) {
    for (FilePattern path : values.paths(fields, key)) {
      all.add(new FileAccess(path, mode));
    }
  }
}
