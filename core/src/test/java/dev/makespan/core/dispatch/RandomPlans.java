package dev.makespan.core.dispatch;

import dev.makespan.core.plan.Plan;
import dev.makespan.core.run.PlanText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Small plans with everything that makes tasks wait for each other, from one seed. */
final class RandomPlans {

  private static final String[] PATHS = {
    "f0", "f1", "f2", "src", "src/a", "src/b", "src/*", "**/a", "gen/x", "log.md"
  };
  private static final String[] POLICIES = {"slack", "shortest-first", "first-come"};

  private RandomPlans() {}

  /** {@code prefix}: of the names of its tasks. */
  static Plan plan(String prefix, SplittableRandom chance) {
    return PlanText.plan(lines(prefix, chance).toArray(String[]::new));
  }

  /** The same kind of plan, with a checkpoint or approvals that people have to give. */
  static Plan withPeople(String prefix, SplittableRandom chance) {
    List<String> lines = lines(prefix, chance);
    if (chance.nextBoolean()) {
      lines.set(0, "phase one approval go");
    }
    lines.replaceAll(
        line -> line.startsWith(prefix) && chance.nextInt(8) == 0 ? line + " approval lead" : line);
    return PlanText.plan(lines.toArray(String[]::new));
  }

  private static List<String> lines(String prefix, SplittableRandom chance) {
    List<String> lines = new ArrayList<>();
    lines.add("phase one barrier");
    lines.add("phase two");
    lines.add("resource staging 1");
    lines.add("resource licence 3");
    lines.add("file gen/* regenerate");
    lines.add("file log.md append");
    lines.add("policy " + POLICIES[chance.nextInt(POLICIES.length)]);
    if (chance.nextBoolean()) {
      lines.add("affinity module");
    }
    int tasks = 4 + chance.nextInt(10);
    for (int i = 0; i < tasks; i++) {
      lines.add(task(prefix, i, tasks, chance));
    }
    return lines;
  }

  private static String task(String prefix, int i, int tasks, SplittableRandom chance) {
    return "%s%d %dS milestone half@1S role %s phase %s backoff 1S label module=%d priority %s%s%s%s"
        .formatted(
            prefix,
            i,
            2 + chance.nextInt(40),
            chance.nextInt(3) == 0 ? "ops" : "dev",
            i < tasks / 3 ? "one" : "two",
            chance.nextInt(3),
            chance.nextInt(8) == 0 ? "P1" : "P2",
            needs(prefix, i, chance),
            files(chance),
            uses(chance));
  }

  private static String needs(String prefix, int i, SplittableRandom chance) {
    Set<String> needs = new LinkedHashSet<>();
    for (int n = 0; i > 0 && n < chance.nextInt(3); n++) {
      needs.add(prefix + chance.nextInt(i) + (chance.nextInt(3) == 0 ? ".half" : ""));
    }
    return needs.isEmpty() ? "" : " needs " + String.join(",", needs);
  }

  private static String files(SplittableRandom chance) {
    StringBuilder files = new StringBuilder();
    for (String mode : List.of("writes", "reads", "appends", "regenerates")) {
      if (chance.nextInt(3) == 0 || (mode.equals("writes") && chance.nextBoolean())) {
        files.append(' ').append(mode).append(' ').append(PATHS[chance.nextInt(PATHS.length)]);
      }
    }
    return files.toString();
  }

  private static String uses(SplittableRandom chance) {
    return switch (chance.nextInt(6)) {
      case 0 -> " uses staging";
      case 1 -> " uses licence:1";
      case 2 -> " uses licence:" + (2 + chance.nextInt(2));
      default -> "";
    };
  }
}
