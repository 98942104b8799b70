package dev.makespan.bench.dispatch;

import com.google.protobuf.ByteString;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * A generated plan file of tasks that ask for nothing but a slot.
 *
 * @param name of the plan
 * @param tasks how many it has
 * @param content as few bytes as a file of a million tasks may have
 */
record LoadPlan(String name, int tasks, ByteString content) {

  static final String ROLE = "bench";

  /** None needs another. */
  static LoadPlan independent(String name, int tasks) {
    StringBuilder text = begun(name, tasks);
    for (int i = 0; i < tasks; i++) {
      text.append("  - {id: t").append(i).append("}\n");
    }
    return of(name, tasks, text);
  }

  /** Each task needs two of the layer before. */
  static LoadPlan layered(String name, int tasks, int width, long seed) {
    RandomGenerator chance = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    StringBuilder text = begun(name, tasks);
    for (int i = 0; i < tasks; i++) {
      text.append("  - {id: t").append(i);
      int layer = i / width;
      if (layer > 0) {
        int first = (layer - 1) * width;
        int one = chance.nextInt(width);
        int other = (one + 1 + chance.nextInt(width - 1)) % width;
        text.append(", needs: [t").append(first + one).append(", t").append(first + other);
        text.append(']');
      }
      text.append("}\n");
    }
    return of(name, tasks, text);
  }

  /** Chains of tasks {@code c<chain>-<place>}, each of which needs the one before. */
  static LoadPlan chains(String name, int chains, int length) {
    StringBuilder text = begun(name, chains * length);
    for (int place = 0; place < length; place++) {
      for (int chain = 0; chain < chains; chain++) {
        text.append("  - {id: c").append(chain).append('-').append(place);
        if (place > 0) {
          text.append(", needs: [c").append(chain).append('-').append(place - 1).append(']');
        }
        text.append("}\n");
      }
    }
    return of(name, chains * length, text);
  }

  private static StringBuilder begun(String name, int tasks) {
    return new StringBuilder(20 * tasks + 200)
        .append("apiVersion: makespan.dev/v1\nkind: Plan\nmetadata: {name: ")
        .append(name)
        .append("}\nspec:\n  pools: {bench: 1000}\n  defaults: {role: bench, duration: 1s}\n")
        .append("  tasks:\n");
  }

  private static LoadPlan of(String name, int tasks, StringBuilder text) {
    return new LoadPlan(name, tasks, ByteString.copyFromUtf8(text.toString()));
  }
}
