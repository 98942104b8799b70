package dev.makespan.cli;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Where a changed plan goes. */
final class PlanOutput {

  /** Lines around a change that a diff shows. */
  private static final int CONTEXT = 3;

  private PlanOutput() {}

  /** As {@code diff -u} prints it. */
  static String diff(Path file, byte[] before, String after) {
    List<String> old = new String(before, StandardCharsets.UTF_8).lines().toList();
    List<String> lines =
        UnifiedDiffUtils.generateUnifiedDiff(
            "a/" + file, "b/" + file, old, DiffUtils.diff(old, after.lines().toList()), CONTEXT);
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  /**
   * Writes all or nothing: into a file beside it that then takes its place, with its permissions.
   *
   * @param before what {@code source} held when it was read; another's change meanwhile is kept
   */
  static void write(Path source, Path target, byte[] before, String changed) throws Failure {
    try {
      if (target.equals(source) && !Arrays.equals(Files.readAllBytes(source), before)) {
        throw Failure.badInput(source + ": it was changed meanwhile; nothing is written");
      }
      Path real = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
      if (Files.isDirectory(real)) {
        throw Failure.badInput(target + ": expected a file, was a folder");
      }
      if (Files.exists(real) && !Files.isWritable(real)) {
        throw Failure.badInput(target + ": may not be written");
      }
      replace(real, changed);
    } catch (IOException e) {
      throw new Failure(ExitCodes.BAD_INPUT, target + ": can't be written: " + e.getMessage(), e);
    }
  }

  private static void replace(Path real, String changed) throws IOException {
    Path beside = real.resolveSibling("." + real.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      Files.writeString(beside, changed, StandardOpenOption.CREATE_NEW);
      if (Files.exists(real)) {
        Files.setPosixFilePermissions(beside, Files.getPosixFilePermissions(real));
      }
      Files.move(beside, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(beside);
    }
  }
}
