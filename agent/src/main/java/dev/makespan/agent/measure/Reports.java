package dev.makespan.agent.measure;

import dev.makespan.core.plan.FilePattern;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** Finds reports in a workspace and reads them into metrics. */
public final class Reports {

  /** Files that one pattern may match. */
  public static final int MAX_FILES = 10_000;

  /** Bytes of one file. */
  public static final long MAX_BYTES = 256L << 20;

  private Reports() {}

  /**
   * Metrics of all reports that {@code pattern} matches below {@code workspace}, added up. Links
   * are not followed. No match is a problem, since then nothing was measured.
   */
  public static Measurement read(ReportFormat format, Path workspace, FilePattern pattern) {
    Tally tally = new Tally();
    Path reading = workspace;
    try {
      List<Path> files = find(workspace, pattern);
      for (Path file : files) {
        reading = file;
        read(format, file, tally);
      }
    } catch (ReportProblem e) {
      return unreadable(format, workspace, reading, pattern, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return unreadable(format, workspace, reading, pattern, "can't be read: " + e.getMessage());
    }
    return new Measurement.Read(tally.metrics());
  }

  private static Measurement unreadable(
      ReportFormat format, Path workspace, Path file, FilePattern pattern, String problem) {
    String where = file.equals(workspace) ? pattern.text() : workspace.relativize(file).toString();
    return new Measurement.Unreadable(
        "report %s %s: %s".formatted(format.word(), where.replace('\\', '/'), problem));
  }

  private static List<Path> find(Path workspace, FilePattern pattern)
      throws IOException, ReportProblem {
    List<Path> found = new ArrayList<>();
    if (!pattern.isGlob()) {
      Path file = workspace.resolve(pattern.text());
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && isBelow(workspace, file)) {
        found.add(file);
      }
    } else {
      Path from = workspace.resolve(pattern.folder());
      if (Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS) && isBelow(workspace, from)) {
        collect(workspace, from, pattern, found);
      }
    }
    if (found.isEmpty()) {
      throw new ReportProblem("expected a file, there is none");
    }
    found.sort(null);
    return found;
  }

  /** Whether no folder on the way is a link that leads out. */
  private static boolean isBelow(Path workspace, Path file) throws IOException {
    return file.toRealPath().startsWith(workspace.toRealPath());
  }

  private static void collect(Path workspace, Path from, FilePattern pattern, List<Path> into)
      throws IOException, ReportProblem {
    boolean[] tooMany = new boolean[1];
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = workspace.relativize(file).toString().replace('\\', '/');
            boolean matches =
                attributes.isRegularFile()
                    && name.indexOf('*') < 0
                    && FilePattern.problemOf(name).isEmpty()
                    && pattern.matches(new FilePattern(name));
            if (matches && into.size() == MAX_FILES) {
              tooMany[0] = true;
              return FileVisitResult.TERMINATE;
            }
            if (matches) {
              into.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    if (tooMany[0]) {
      throw new ReportProblem("expected at most " + MAX_FILES + " files, there are more");
    }
  }

  private static void read(ReportFormat format, Path file, Tally into)
      throws IOException, ReportProblem {
    if (Files.size(file) > MAX_BYTES) {
      throw new ReportProblem("expected at most " + (MAX_BYTES >> 20) + " MiB, is larger");
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      if (format == ReportFormat.LCOV) {
        LcovReports.read(
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)), into);
      } else {
        XmlReports.read(format, in, into);
      }
    }
  }
}
