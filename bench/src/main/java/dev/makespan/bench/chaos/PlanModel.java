package dev.makespan.bench.chaos;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * A generated plan, as the checkers know it and as the planner reads it.
 *
 * @param attempts that the work of a task may take
 * @param licences the capacity of the one resource
 */
record PlanModel(String name, Map<String, Node> tasks, int attempts, int licences) {

  static final String ROLE = "chaos";
  private static final String LICENCE = "licence";
  private static final int WIDTH = 6;

  /**
   * A task.
   *
   * @param writes a file that no other task may have meanwhile; empty: none
   * @param licensed whether it uses the resource
   */
  record Node(List<String> needs, String writes, boolean licensed) {

    static final Node ANY = new Node(List.of(), "", false);
  }

  PlanModel {
    tasks = Map.copyOf(tasks);
  }

  Node node(String task) {
    return tasks.getOrDefault(task, Node.ANY);
  }

  /**
   * Layers of which each task needs one or two of the last; a third of them want something shared.
   */
  static PlanModel of(String name, int count, long seed) {
    RandomGenerator chance = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    Map<String, Node> tasks = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      List<String> needs = new ArrayList<>();
      int layer = i / WIDTH;
      if (layer > 0) {
        int one = chance.nextInt(WIDTH);
        needs.add(id((layer - 1) * WIDTH + one));
        if (chance.nextBoolean()) {
          needs.add(id((layer - 1) * WIDTH + (one + 1) % WIDTH));
        }
      }
      int wants = chance.nextInt(6);
      tasks.put(
          id(i), new Node(needs, wants == 0 ? "src/shared-" + i % 2 + ".txt" : "", wants == 1));
    }
    return new PlanModel(name, tasks, 4, 2);
  }

  private static String id(int number) {
    return "t" + number;
  }

  /** The plan's file. */
  ByteString yaml() {
    StringBuilder text =
        new StringBuilder("apiVersion: makespan.dev/v1\nkind: Plan\nmetadata: {name: ")
            .append(name)
            .append("}\nspec:\n  pools: {chaos: 32}\n  resources: {licence: ")
            .append(licences)
            .append("}\n  defaults: {role: chaos, duration: 1s, timeout: 60s, retry: {limit: ")
            .append(attempts)
            .append(", backoff: 200ms}}\n  tasks:\n");
    for (int i = 0; i < tasks.size(); i++) {
      Node node = node(id(i));
      text.append("  - {id: ").append(id(i));
      if (!node.needs().isEmpty()) {
        text.append(", needs: [").append(String.join(", ", node.needs())).append(']');
      }
      if (!node.writes().isEmpty()) {
        text.append(", writes: [").append(node.writes()).append(']');
      }
      if (node.licensed()) {
        text.append(", uses: {").append(LICENCE).append(": 1}");
      }
      text.append("}\n");
    }
    return ByteString.copyFromUtf8(text.toString());
  }
}
