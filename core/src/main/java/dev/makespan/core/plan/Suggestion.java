package dev.makespan.core.plan;

import java.util.Collection;

/** The nearest right name for a wrong one. */
public final class Suggestion {

  /** Longest name that is compared. */
  private static final int MAX_LENGTH = 128;

  /** Candidates that are compared for one name. */
  private static final int MAX_CANDIDATES = 100_000;

  private Suggestion() {}

  /** {@code ", did you mean 'x'?"}, or nothing when no candidate is near. */
  public static String of(String wrong, Collection<String> candidates) {
    String best = nearest(wrong, candidates);
    return best.isEmpty() ? "" : ", did you mean '" + best + "'?";
  }

  private static String nearest(String wrong, Collection<String> candidates) {
    if (wrong.length() > MAX_LENGTH) {
      return "";
    }
    String best = "";
    int reach = Math.min(3, (wrong.length() + 1) / 3);
    if (wrong.length() <= 2) {
      reach = 0; // one letter more or less makes any other name of these
    }
    int compared = 0;
    for (String candidate : candidates) {
      if (compared++ >= MAX_CANDIDATES) {
        break;
      }
      int distance = distance(wrong, candidate, reach);
      if (distance <= reach) {
        best = candidate;
        reach = distance - 1;
      }
    }
    return best;
  }

  /**
   * Insertions, deletions, changes and swaps of neighbours (Damerau's restricted distance); more
   * than {@code reach} as soon as that is certain. Upper and lower case differ by nothing.
   */
  static int distance(String left, String right, int reach) {
    if (Math.abs(left.length() - right.length()) > reach) {
      return reach + 1;
    }
    int[] before = new int[right.length() + 1];
    int[] above = new int[right.length() + 1];
    int[] row = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      row[0] = i;
      int least = i;
      for (int j = 1; j <= right.length(); j++) {
        row[j] = cell(left, right, i, j, before, above, row);
        least = Math.min(least, row[j]);
      }
      if (least > reach) {
        return reach + 1;
      }
      int[] free = before;
      before = above;
      above = row;
      row = free;
    }
    return above[right.length()];
  }

  private static int cell(
      String left, String right, int i, int j, int[] before, int[] above, int[] row) {
    int change = same(left.charAt(i - 1), right.charAt(j - 1)) ? 0 : 1;
    int best = Math.min(Math.min(above[j] + 1, row[j - 1] + 1), above[j - 1] + change);
    boolean swapped =
        i > 1
            && j > 1
            && same(left.charAt(i - 1), right.charAt(j - 2))
            && same(left.charAt(i - 2), right.charAt(j - 1));
    return swapped ? Math.min(best, before[j - 2] + 1) : best;
  }

  private static boolean same(char left, char right) {
    return plain(left) == plain(right);
  }

  private static char plain(char c) {
    return c == '_' ? '-' : Character.toLowerCase(c);
  }
}
