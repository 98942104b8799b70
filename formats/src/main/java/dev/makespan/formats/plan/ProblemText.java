package dev.makespan.formats.plan;

import dev.makespan.core.plan.Problem;
import dev.makespan.core.plan.Shown;
import java.util.Locale;

/** Problems as compilers print them: {@code plan.yaml:17:5: error: unknown key 'need' …}. */
public final class ProblemText {

  private ProblemText() {}

  /** One line without its end; nothing in it can control a terminal. */
  public static String of(String fileName, Problem problem) {
    return "%s:%d:%d: %s: %s"
        .formatted(
            Shown.escaped(fileName),
            problem.at().line(),
            problem.at().column(),
            problem.severity().name().toLowerCase(Locale.ROOT),
            Shown.escaped(problem.message()));
  }
}
