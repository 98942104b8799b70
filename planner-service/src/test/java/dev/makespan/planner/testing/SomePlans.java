package dev.makespan.planner.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Plans to create. */
public final class SomePlans {

  private SomePlans() {}

  /** An example of the project under a name of the test's own. */
  public static String example(String file, String name) {
    try {
      String text = Files.readString(Path.of("..", "examples", file + ".yaml"));
      return text.replace("name: " + file, "name: " + name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One task of an hour. */
  public static String small(String name) {
    return """
    apiVersion: makespan.dev/v1
    kind: Plan
    metadata: {name: %s, title: Small}
    spec:
      tasks:
        - {id: a, title: First, duration: 1h}
    """
        .formatted(name);
  }

  /**
   * 60 tasks whose shortest schedule is not proven soon: chance decides their durations and needs,
   * the same each time.
   */
  public static String hard(String name) {
    StringBuilder plan = new StringBuilder();
    plan.append("apiVersion: makespan.dev/v1\nkind: Plan\n");
    plan.append("metadata: {name: ").append(name).append(", title: Hard}\n");
    plan.append("spec:\n  pools: {backend: 3, frontend: 2, ops: 2}\n  tasks:\n");
    Random chance = new Random(11);
    List<String> roles = List.of("backend", "frontend", "ops");
    for (int i = 0; i < 60; i++) {
      plan.append("    - {id: t").append(i).append(", title: T, role: ");
      plan.append(roles.get(chance.nextInt(3))).append(", duration: ");
      plan.append(17 + chance.nextInt(180)).append("m");
      if (i > 5) {
        int from = Math.max(0, i - 14);
        plan.append(", needs: [t").append(from + chance.nextInt(i - from)).append("]");
      }
      plan.append("}\n");
    }
    return plan.toString();
  }

  /** So many tasks that need nothing. */
  public static String wide(String name, int tasks) {
    StringBuilder plan = new StringBuilder();
    plan.append("apiVersion: makespan.dev/v1\nkind: Plan\n");
    plan.append("metadata: {name: ").append(name).append("}\nspec:\n  pools: {dev: 2}\n");
    plan.append("  defaults: {role: dev, duration: 1m}\n  tasks:\n");
    for (int i = 0; i < tasks; i++) {
      plan.append("    - {id: t").append(i).append("}\n");
    }
    return plan.toString();
  }

  /** Three things are wrong, each on a line of its own. */
  public static String bad(String name) {
    return """
    apiVersion: makespan.dev/v1
    kind: Plan
    metadata: {name: %s, title: Bad}
    spec:
      tasks:
        - id: a
          title: First
          duration: 1 fortnight
          need: [b]
        - id: b
          title: Second
          duration: 1h
          needs: [nobody]
    """
        .formatted(name);
  }

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
