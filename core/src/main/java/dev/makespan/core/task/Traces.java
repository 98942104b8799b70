package dev.makespan.core.task;

import java.util.ArrayList;
import java.util.List;

/**
 * What an attempt has touched, made and used, as its agent reported it with the result. Kept with
 * the history of the run, so that it is bounded; what is left out is counted.
 *
 * @param files paths that were changed, relative to the workspace
 * @param filesLeftOut so many more
 * @param artifactsLeftOut so many more
 */
public record Traces(
    List<String> files,
    int filesLeftOut,
    List<Artifact> artifacts,
    int artifactsLeftOut,
    Usage usage) {

  /** Paths that are kept of one attempt. */
  public static final int MAX_FILES = 1_000;

  /** Characters of all these paths together. */
  public static final int MAX_FILE_CHARACTERS = 65_536;

  /** Artifacts that are kept of one attempt. */
  public static final int MAX_ARTIFACTS = 200;

  /** Nothing was reported. */
  public static final Traces NONE = new Traces(List.of(), 0, List.of(), 0, Usage.NONE);

  public Traces {
    files = List.copyOf(files);
    artifacts = List.copyOf(artifacts);
  }

  /**
   * A file that was left behind.
   *
   * @param name as the task declares it, or a path
   * @param sha256 of its content, in lower-case hex
   */
  public record Artifact(String name, String sha256, long bytes) {}

  /**
   * What was used, as far as the agent knows.
   *
   * @param cost in the plan's currency
   */
  public record Usage(long inputTokens, long outputTokens, double cost) {

    /** Nothing, or nobody counts. */
    public static final Usage NONE = new Usage(0, 0, 0);

    /** Read and written together, and no more than a long holds. */
    public long tokens() {
      long sum = inputTokens + outputTokens;
      return sum < 0 ? Long.MAX_VALUE : sum;
    }

    /** What is greater of both, number by number: what was said once is not taken back. */
    public Usage atLeast(Usage other) {
      return new Usage(
          Math.max(inputTokens, other.inputTokens),
          Math.max(outputTokens, other.outputTokens),
          Math.max(cost, other.cost));
    }

    /** Both together. */
    public Usage plus(Usage other) {
      return new Usage(
          inputTokens + other.inputTokens, outputTokens + other.outputTokens, cost + other.cost);
    }
  }

  /** The same of an attempt that has used at least so much. */
  Traces usingAtLeast(Usage least) {
    Usage most = usage.atLeast(least);
    return most.equals(usage)
        ? this
        : new Traces(files, filesLeftOut, artifacts, artifactsLeftOut, most);
  }

  /** As much of what was reported as is kept. */
  public static Traces of(List<String> files, List<Artifact> artifacts, Usage usage) {
    if (files.isEmpty() && artifacts.isEmpty() && usage.equals(Usage.NONE)) {
      return NONE;
    }
    List<String> kept = new ArrayList<>();
    int characters = 0;
    for (String file : files) {
      characters += file.length();
      if (kept.size() == MAX_FILES || characters > MAX_FILE_CHARACTERS) {
        break;
      }
      kept.add(file);
    }
    List<Artifact> made = artifacts.subList(0, Math.min(artifacts.size(), MAX_ARTIFACTS));
    return new Traces(
        kept, files.size() - kept.size(), made, artifacts.size() - made.size(), usage);
  }
}
