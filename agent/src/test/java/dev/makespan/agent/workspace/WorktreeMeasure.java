package dev.makespan.agent.workspace;

import dev.makespan.core.session.AttemptWorkspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How long a worktree takes from a cache that is there; a program to run by hand. */
public final class WorktreeMeasure {

  private static final int FILES = 1_000;
  private static final int ROUNDS = 30;
  private static final int PERCENT = 100;
  private static final int HIGH = 90;

  private WorktreeMeasure() {}

  /**
   * Prints the least, the median and the 90th percentile of making and of taking away, in
   * milliseconds.
   */
  public static void main(String[] arguments) throws Exception {
    Path temp = Files.createTempDirectory("worktrees");
    try {
      measure(temp);
    } finally {
      Folders.delete(temp);
    }
  }

  private static void measure(Path temp) throws Exception {
    repository(temp.resolve("origin"));
    Workspaces workspaces = new Workspaces(temp.resolve("work"), temp);
    double[] opened = new double[ROUNDS];
    double[] removed = new double[ROUNDS];
    for (int round = -2; round < ROUNDS; round++) {
      Path folder = Files.createDirectories(temp.resolve("attempt" + round));
      AttemptWorkspace wanted =
          new AttemptWorkspace("origin", "main", "makespan/1/a/" + round, List.of(), List.of());
      long begin = System.nanoTime();
      Worktree worktree = workspaces.open(wanted, List.of(), folder.resolve("workspace"));
      long there = System.nanoTime();
      worktree.remove();
      long gone = System.nanoTime();
      if (round >= 0) {
        opened[round] = (there - begin) / 1e6;
        removed[round] = (gone - there) / 1e6;
      }
    }
    print("worktree of " + FILES + " files, made", opened);
    print("the same, taken away", removed);
  }

  private static void repository(Path folder) throws IOException {
    TestRepository origin = TestRepository.make(folder);
    for (int i = 0; i < FILES; i++) {
      origin.write("src/p" + i % 40 + "/File" + i + ".java", ("line " + i + "\n").repeat(100));
    }
    origin.commit("files");
  }

  private static void print(String what, double[] millis) {
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "%s: least %.0f ms, median %.0f ms, p90 %.0f ms, most %.0f ms%n",
        what,
        millis[0],
        millis[millis.length / 2],
        millis[millis.length * HIGH / PERCENT],
        millis[millis.length - 1]);
  }
}
