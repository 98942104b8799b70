package dev.makespan.bench.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What the nemesis will do, from a seed alone: rounds in which every chosen kind comes once, in
 * chance's order.
 */
final class Campaign {

  /** As many as an agent says in a moment. */
  private static final int MOST_BYTES = 600;

  private final List<Fault> kinds;
  private final Random chance;
  private final List<Fault> round = new ArrayList<>();

  /**
   * One thing that it does.
   *
   * @param target which of several, to be taken modulo their number
   * @param bytes after which a link breaks
   * @param lasting how long what is stopped stays so, beyond what its kind needs
   * @param rest before it
   */
  record Strike(Fault fault, int target, int bytes, Duration lasting, Duration rest) {}

  Campaign(long seed, List<Fault> kinds) {
    this.kinds = List.copyOf(kinds);
    // Random, since Collections.shuffle is the same with it on every JVM.
    this.chance = new Random(seed);
  }

  Strike next() {
    if (round.isEmpty()) {
      round.addAll(kinds);
      Collections.shuffle(round, chance);
    }
    return strike(round.removeLast(), 300, 700);
  }

  /** One of those that may overlap, soon after the last. */
  Strike nextOfStorm() {
    List<Fault> storm = kinds.stream().filter(Fault::isOfStorm).toList();
    if (storm.isEmpty()) {
      throw new IllegalStateException("no kind of fault was chosen that may overlap with others");
    }
    return strike(storm.get(chance.nextInt(storm.size())), 200, 1_500);
  }

  private Strike strike(Fault fault, int restMillis, int moreMillis) {
    return new Strike(
        fault,
        chance.nextInt(1 << 16),
        chance.nextInt(MOST_BYTES),
        Duration.ofMillis(500 + chance.nextInt(2_000)),
        Duration.ofMillis(restMillis + chance.nextInt(moreMillis)));
  }
}
