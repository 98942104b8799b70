package dev.makespan.agent.runner;

import dev.makespan.agent.workspace.Folders;
import dev.makespan.core.merge.BatchReport;
import dev.makespan.core.merge.Integration;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;

/** How long accepted branches without conflict take to be merged; a program to run by hand. */
public final class MergeMeasure extends BatchRig {

  private static final int BRANCHES = 100;
  private static final int FILES = 1_000;

  /** Prints the whole time of one series after another, and of each batch. */
  public static void main(String[] arguments) throws Exception {
    for (int round = 0; round < 3; round++) {
      MergeMeasure measure = new MergeMeasure();
      measure.temp = Files.createTempDirectory("merges");
      try {
        measure.make();
        measure.run();
      } finally {
        measure.close();
        Folders.delete(measure.temp);
      }
    }
  }

  private void run() throws IOException {
    for (int i = 0; i < FILES; i++) {
      origin.write("src/p" + i % 40 + "/File" + i + ".java", ("line " + i + "\n").repeat(100));
    }
    origin.commit("files");
    verify = "true";
    double whole = 0;
    StringBuilder batches = new StringBuilder();
    for (int from = 0; from < BRANCHES; from += Integration.MAX_BATCH) {
      members.clear();
      for (int i = from; i < from + Integration.MAX_BATCH; i++) {
        accepted("t" + i, "made/f" + i + ".txt", "x\n");
      }
      publish = !head.isEmpty();
      long begin = System.nanoTime();
      BatchReport report = merged();
      double seconds = (System.nanoTime() - begin) / 1e9;
      if (report.landed() != Integration.MAX_BATCH) {
        throw new IllegalStateException("expected all to land, was " + report.members());
      }
      head = report.head();
      base = branch();
      whole += seconds;
      batches.append(String.format(Locale.ROOT, " %.1f", seconds));
    }
    System.out.printf(
        Locale.ROOT, "%d branches merged in %.1f s, in batches of%s s%n", BRANCHES, whole, batches);
  }
}
