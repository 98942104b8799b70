package dev.makespan.agent.workspace;

import java.util.ArrayList;
import java.util.List;

/**
 * One path that an attempt has changed, as {@code git diff --raw -z} says it.
 *
 * @param mode of the file now; 0 when it is gone
 */
record ChangedPath(String path, int mode) {

  private static final int LINK = 0120000;
  private static final int REPOSITORY = 0160000;
  private static final int OCTAL = 8;
  private static final int NEW_MODE = 1;

  boolean isLink() {
    return mode == LINK;
  }

  /** Whether it is a repository in the repository, of which git would keep only a name. */
  boolean isRepository() {
    return mode == REPOSITORY;
  }

  /** Reads {@code :100644 100755 hash hash M}, U+0000, path, U+0000, and so on. */
  static List<ChangedPath> parse(String raw) {
    List<ChangedPath> paths = new ArrayList<>();
    String[] parts = raw.split("\0", -1);
    for (int i = 0; i + 1 < parts.length; i += 2) {
      String[] fields = parts[i].strip().split(" ", -1);
      if (fields.length <= NEW_MODE || !fields[0].startsWith(":")) {
        throw new IllegalArgumentException("expected a line of a raw diff, was " + parts[i]);
      }
      paths.add(new ChangedPath(parts[i + 1], Integer.parseInt(fields[NEW_MODE], OCTAL)));
    }
    return paths;
  }

  /**
   * Whether a link at {@code path} to {@code target} leads out of the workspace, or into git's own
   * folder, however it is written.
   */
  static boolean leadsOut(String path, String target) {
    if (target.startsWith("/") || target.indexOf('\\') >= 0) {
      return true;
    }
    List<String> at = new ArrayList<>(List.of(path.split("/", -1)));
    at.removeLast();
    for (String part : target.split("/", -1)) {
      boolean climbs = part.equals("..");
      if (climbs && at.isEmpty()) {
        return true;
      }
      if (climbs) {
        at.removeLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        at.add(part);
      }
    }
    return !at.isEmpty() && at.getFirst().equalsIgnoreCase(".git");
  }
}
