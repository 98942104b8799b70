package dev.makespan.cli;

import com.google.protobuf.ByteString;
import dev.makespan.core.plan.CheckedPlan;
import dev.makespan.core.plan.Problem;
import dev.makespan.formats.plan.PlanReader;
import dev.makespan.formats.plan.ProblemText;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A plan as its author wrote it, read and checked on this side. */
record PlanFile(String name, ByteString content, CheckedPlan checked) {

  static PlanFile read(Path path) throws Failure {
    byte[] content = content(path);
    return new PlanFile(path.toString(), ByteString.copyFrom(content), PlanReader.read(content));
  }

  /** As the planner has stored it. */
  static PlanFile stored(String name, ByteString content) {
    return new PlanFile(name, content, PlanReader.read(content.toByteArray()));
  }

  /** What a compiler would print, a line for each problem. */
  String problemLines() {
    StringBuilder lines = new StringBuilder();
    for (Problem problem : checked.problems()) {
      lines.append(ProblemText.of(name, problem)).append('\n');
    }
    return lines.toString();
  }

  long count(Problem.Severity severity) {
    return checked.problems().stream().filter(p -> p.severity() == severity).count();
  }

  /** "2 errors, 1 warning" */
  String verdict() {
    return Texts.count(count(Problem.Severity.ERROR), "error")
        + ", "
        + Texts.count(count(Problem.Severity.WARNING), "warning");
  }

  private static byte[] content(Path path) throws Failure {
    if (!Files.exists(path)) {
      throw Failure.badInput(path + ": there is no such file");
    }
    if (Files.isDirectory(path)) {
      throw Failure.badInput(path + ": expected a file, was a folder");
    }
    try {
      long size = Files.size(path);
      if (size > PlanReader.MAX_BYTES) {
        throw Failure.badInput(
            "%s: expected a plan of at most %d MiB, was %d MiB"
                .formatted(path, PlanReader.MAX_BYTES >> 20, size >> 20));
      }
      // A device or a pipe has no size: read no more than is allowed, and one to see that.
      try (var in = Files.newInputStream(path)) {
        return in.readNBytes(PlanReader.MAX_BYTES + 1);
      }
    } catch (AccessDeniedException e) {
      throw new Failure(ExitCodes.BAD_INPUT, path + ": may not be read", e);
    } catch (IOException e) {
      throw new Failure(ExitCodes.BAD_INPUT, path + ": can't be read: " + e.getMessage(), e);
    }
  }
}
