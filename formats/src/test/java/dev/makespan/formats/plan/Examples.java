package dev.makespan.formats.plan;

import dev.makespan.core.plan.CheckedPlan;
import dev.makespan.core.plan.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The plans in the folder {@code examples}. */
final class Examples {

  static final List<String> NAMES =
      List.of(
          "content-publishing",
          "image-transcoding",
          "image-upload",
          "multipart-forms",
          "platform-hardening",
          "unified-platform");

  private Examples() {}

  static byte[] bytes(String name) {
    try {
      return Files.readAllBytes(Path.of("..", "examples", name + ".yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Plan plan(String name) {
    CheckedPlan checked = PlanReader.read(bytes(name));
    if (checked instanceof CheckedPlan.Accepted accepted) {
      return accepted.plan();
    }
    throw new AssertionError(String.join("\n", lines(name, checked)));
  }

  static List<String> lines(String name, CheckedPlan checked) {
    return checked.problems().stream()
        .map(problem -> ProblemText.of(name + ".yaml", problem))
        .toList();
  }
}
