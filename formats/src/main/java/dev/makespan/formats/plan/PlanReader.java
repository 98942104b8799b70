package dev.makespan.formats.plan;

import dev.makespan.core.plan.CheckedPlan;
import dev.makespan.core.plan.Node;
import dev.makespan.core.plan.PlanCheck;
import dev.makespan.core.plan.Position;
import dev.makespan.core.plan.Problem;
import dev.makespan.core.plan.Shown;
import java.util.List;

/**
 * Reads plan files: YAML 1.2 with its core schema, or JSON, in UTF-8. Answers a plan or problems
 * for any bytes; never throws. What could grow without bound or mean several things (aliases, tags,
 * merge keys, several documents) is refused.
 */
public final class PlanReader {

  /** Largest file that is looked into, in bytes. */
  public static final int MAX_BYTES = 32 << 20;

  /** Deepest nesting of lists and mappings. */
  public static final int MAX_DEPTH = 100;

  /** Scalars, lists and mappings in a file. */
  public static final int MAX_NODES = 4_000_000;

  private PlanReader() {}

  public static CheckedPlan read(byte[] content) {
    try {
      return PlanCheck.check(describe(content));
    } catch (UnreadableException unreadable) {
      return new CheckedPlan.Refused(List.of(unreadable.problem()));
    }
  }

  private static Node describe(byte[] content) throws UnreadableException {
    if (content.length > MAX_BYTES) {
      throw new UnreadableException(
          Position.START,
          "too-large",
          "expected at most %d bytes, was %d".formatted(MAX_BYTES, content.length));
    }
    return new YamlNodes(StrictText.of(content)).read();
  }

  /** Why no description could be made of a file. */
  static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    UnreadableException(Position at, String kind, String message) {
      super(message, null, false, false);
      this.problem = new Problem(Problem.Severity.ERROR, at, kind, Shown.escaped(message));
    }

    Problem problem() {
      return problem;
    }
  }
}
