package dev.makespan.core.plan;

import java.util.List;

/**
 * Turns a description into a checked plan or every problem found, in O(description). Pure; never
 * throws for any description.
 *
 * <p>Errors refuse a plan. A <b>warning</b> is something that its author probably did not mean and
 * has to confirm: a task without an estimate, a file owned by one task and written by another, a
 * file that is read though nothing writes it and no repository may hold it, a parameter put into
 * shell text. A <b>note</b> is inherent in many honest plans, so it is told and never asks for
 * anything: a hot file, a critical path over 60 % of the work, a file that only the repository can
 * hold, steps that do not add up to their task, a timeout or a budget that what is expected passes.
 */
public final class PlanCheck {

  private PlanCheck() {}

  public static CheckedPlan check(Node root) {
    Problems problems = new Problems();
    SpecReader.Reading reading = new SpecReader(problems).read(root);
    Precedence precedence = precedence(reading);
    for (int[] cycle : precedence.cycles()) {
      report(cycle, reading, problems);
    }
    if (problems.hasErrors()) {
      return new CheckedPlan.Refused(problems.sorted());
    }
    new PlanAdvice(reading.plan(), reading.tasks(), precedence, problems).find();
    return new CheckedPlan.Accepted(reading.plan(), problems.sorted());
  }

  /** Where every task was read, they stand where they were declared. */
  private static Precedence precedence(SpecReader.Reading reading) {
    List<Task> tasks = reading.plan().tasks();
    List<Phase> phases = reading.plan().phases();
    return tasks.isEmpty() || reading.tasks().getLast().declared() != tasks.size() - 1
        ? Precedence.of(tasks, phases)
        : Precedence.ofDeclared(reading.tasks(), tasks, phases);
  }

  /** What is wrong with the order of {@code plan}'s tasks: empty when it has no cycle. */
  public static List<String> cyclesOf(Plan plan) {
    return Precedence.of(plan.tasks(), plan.phases()).cycles().stream()
        .map(cycle -> described(cycle, plan))
        .toList();
  }

  private static void report(int[] cycle, SpecReader.Reading reading, Problems problems) {
    Described first = reading.tasks().get(cycle[0] >= 0 ? cycle[0] : 0);
    problems.error(placeOf(first, cycle, reading), "cycle", described(cycle, reading.plan()));
  }

  /** Where the first task of the cycle names the second; the task itself when it does not. */
  private static Position placeOf(Described first, int[] cycle, SpecReader.Reading reading) {
    int next = cycle[cycle.length > 1 ? 1 : 0];
    List<Need> needs = first.task().needs();
    for (int i = 0; i < needs.size() && next >= 0 && needs.size() == first.needs().size(); i++) {
      if (needs.get(i).task().equals(reading.tasks().get(next).task().id())) {
        return first.needs().get(i).at();
      }
    }
    return first.at();
  }

  private static String described(int[] cycle, Plan plan) {
    StringBuilder text = new StringBuilder("cycle: ");
    int shown = Math.min(cycle.length, PlanLimits.MAX_CYCLE_IDS - 1);
    for (int i = 0; i < shown; i++) {
      text.append(name(cycle[i], plan)).append(" needs ");
    }
    if (shown < cycle.length) {
      text.append("… (").append(cycle.length - shown).append(" more) needs ");
    }
    return text.append(name(cycle[0], plan)).toString();
  }

  private static String name(int place, Plan plan) {
    return place >= 0
        ? plan.tasks().get(place).id().value()
        : "the end of phase " + plan.phases().get(-1 - place).id();
  }
}
