package dev.makespan.core.finding;

import dev.makespan.core.graph.PlanBuilder;
import dev.makespan.core.plan.FilePolicy;
import dev.makespan.core.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Plans from a seed in which there is something of everything that a review looks at. */
final class RichPlans {

  private static final String[] FILES = {
    "src/api.rs", "src/store.rs", "src/**", "docs/guide.md", "src/types/*", "log.txt", "list.md"
  };
  private static final String[] NAMES = {
    "schema", "store", "unit-tests", "e2e-tests", "docs", "api", "front", "deploy", "tests", "end"
  };

  private final SplittableRandom random;
  private final PlanBuilder builder = new PlanBuilder();
  private final List<String> before = new ArrayList<>();

  private RichPlans(long seed) {
    random = new SplittableRandom(seed);
  }

  static Plan of(long seed) {
    return new RichPlans(seed).plan();
  }

  private Plan plan() {
    builder.pool("dev", 1 + random.nextInt(3)).pool("ops", 1).resource("staging", 1);
    builder.policy("list.md", FilePolicy.Kind.APPEND).owner("log.txt", NAMES[random.nextInt(4)]);
    if (random.nextBoolean()) {
      builder.range("migrations", 1_000, 100, 100);
    }
    int size = 5 + random.nextInt(NAMES.length - 4);
    for (int i = 0; i < size; i++) {
      addTask(NAMES[i]);
    }
    builder.risk("slow", "Look twice", "", before.getFirst(), before.getLast());
    builder.risk("lost", random.nextBoolean() ? "Keep it" : "", "Do it again", before.get(1));
    return builder.plan();
  }

  private void addTask(String name) {
    int steps = random.nextInt(3) == 0 ? 2 + random.nextInt(2) : 0;
    int minutes = steps > 0 ? 10 * steps : 5 + random.nextInt(60);
    builder.task(name, minutes, line -> filled(line, name, steps));
    before.add(name);
  }

  private PlanBuilder.Line filled(PlanBuilder.Line line, String name, int steps) {
    line.role(random.nextInt(3) == 0 ? "ops" : "dev").writes("out/" + name);
    for (String provider : before) {
      if (random.nextInt(2 + before.size() / 2) == 0) {
        addNeed(line, provider);
      }
    }
    for (int s = 0; s < steps; s++) {
      String read = random.nextBoolean() ? "out/" + earlier(name) : "";
      String kind = random.nextBoolean() ? "test-" : "part-";
      line.step(kind + s, 10, read, "out/" + name + "-" + s);
    }
    if (random.nextInt(2) == 0) {
      line.writes(FILES[random.nextInt(FILES.length)]);
    }
    if (random.nextInt(2) == 0) {
      line.reads(FILES[random.nextInt(FILES.length)]);
    }
    return extras(line);
  }

  private PlanBuilder.Line extras(PlanBuilder.Line line) {
    return switch (random.nextInt(9)) {
      case 0 -> line.uses("staging", 1);
      case 1 -> line.label("area", "a" + random.nextInt(2));
      case 2 -> before.isEmpty() ? line : line.stub(before.getFirst(), "call");
      case 3 -> line.writes("db/migrations/*");
      case 4 -> line.milestone("contract", 3).publishes("contract");
      case 5 -> line.script("run").between(3, 90);
      case 6 -> line.appends("list.md");
      case 7 -> line.takes("migrations").label("team", "t");
      default -> line;
    };
  }

  /** A need that carries a file, or one that does not. */
  private void addNeed(PlanBuilder.Line line, String provider) {
    line.needs(provider);
    if (random.nextInt(3) > 0) {
      line.reads("out/" + provider + (random.nextBoolean() ? "" : "-0"));
    }
  }

  private String earlier(String name) {
    return before.isEmpty() ? name : before.get(random.nextInt(before.size()));
  }
}
