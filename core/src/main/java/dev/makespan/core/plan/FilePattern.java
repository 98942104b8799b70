package dev.makespan.core.plan;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path relative to the workspace, {@code /}-separated, that may be a glob: {@code *} within a
 * segment, {@code **} as a segment for any number of segments. Never leaves the workspace.
 */
public record FilePattern(String text) implements Comparable<FilePattern> {

  /** Longest path that is accepted, in UTF-16 units. */
  public static final int MAX_LENGTH = 1024;

  private static final String ANY_DEPTH = "**";

  public FilePattern {
    String problem = problemOf(text);
    if (!problem.isEmpty()) {
      throw new IllegalArgumentException(problem);
    }
  }

  /** What is wrong with {@code text} as a path; empty: nothing. */
  public static String problemOf(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      return "expected a path of 1 to " + MAX_LENGTH + " characters, was " + text.length();
    }
    if (text.startsWith("/") || namesDrive(text)) {
      return "expected a path relative to the workspace, was '" + text + "'";
    }
    if (text.startsWith("-")) {
      return "expected a path that does not begin with '-', was '" + text + "'";
    }
    if (hasUnwantedCharacter(text)) {
      return "expected a path without control characters and backslashes";
    }
    int begin = 0;
    while (begin <= text.length()) {
      int slash = text.indexOf('/', begin);
      int end = slash < 0 ? text.length() : slash;
      if (begin == end || isSegment(text, begin, end, ".") || isSegment(text, begin, end, "..")) {
        return "expected a path inside the workspace without '.', '..' and empty segments, was '"
            + text
            + "'";
      }
      if (isSegment(text, begin, end, ".git")) {
        return "expected a path outside '.git', was '" + text + "'";
      }
      begin = end + 1;
    }
    return "";
  }

  /** As in {@code C:/Users}. */
  private static boolean namesDrive(String text) {
    char first = text.charAt(0);
    return text.length() > 1
        && text.charAt(1) == ':'
        && ((first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z'));
  }

  private static boolean hasUnwantedCharacter(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == 0x7f || c == '\\') {
        return true;
      }
    }
    return false;
  }

  private static boolean isSegment(String text, int begin, int end, String segment) {
    return end - begin == segment.length() && text.startsWith(segment, begin);
  }

  public boolean isGlob() {
    return text.indexOf('*') >= 0;
  }

  /** The folder before the first glob, without a slash at its end; empty: the workspace itself. */
  public String folder() {
    int glob = text.indexOf('*');
    String plain = glob < 0 ? text : text.substring(0, glob);
    return plain.substring(0, Math.max(0, plain.lastIndexOf('/')));
  }

  /** Whether the plain path {@code path} is one of those that this pattern names. */
  public boolean matches(FilePattern path) {
    return isGlob() ? meet(segments(), path.segments()) : isOrContains(path.text);
  }

  /** Whether this plain path is {@code path}, or a folder that it is in. */
  private boolean isOrContains(String path) {
    return path.startsWith(text)
        && (path.length() == text.length() || path.charAt(text.length()) == '/');
  }

  /** Whether they begin alike as far as both are plain: without that they never overlap. */
  public boolean mayOverlap(FilePattern other) {
    int plain = Math.min(plainLength(), other.plainLength());
    return text.regionMatches(0, other.text, 0, plain);
  }

  private int plainLength() {
    int glob = text.indexOf('*');
    return glob < 0 ? text.length() : glob;
  }

  /**
   * Whether some path is named by both patterns. Paths are a tree: a plain path that others are
   * known to be beneath is a folder, and names all of them. O(product of their lengths), no
   * recursion.
   */
  public boolean overlaps(FilePattern other) {
    if (!mayOverlap(other)) {
      return false;
    }
    if (isGlob() && other.isGlob()) {
      return meet(segments(), other.segments());
    }
    if (isGlob() || other.isGlob()) {
      FilePattern glob = isGlob() ? this : other;
      FilePattern plain = isGlob() ? other : this;
      String folder = glob.folder();
      boolean isBeneath = !folder.isEmpty() && plain.isOrContains(folder);
      return isBeneath || glob.matches(plain);
    }
    return isOrContains(other.text) || other.isOrContains(text);
  }

  private static boolean meet(List<String> left, List<String> right) {
    boolean[][] meets = new boolean[left.size() + 1][right.size() + 1];
    for (int i = left.size(); i >= 0; i--) {
      for (int j = right.size(); j >= 0; j--) {
        meets[i][j] = meets(left, right, i, j, meets);
      }
    }
    return meets[0][0];
  }

  private static boolean meets(
      List<String> left, List<String> right, int i, int j, boolean[][] meets) {
    boolean leftEnds = i == left.size();
    boolean rightEnds = j == right.size();
    if (leftEnds && rightEnds) {
      return true;
    }
    boolean leftAny = !leftEnds && left.get(i).equals(ANY_DEPTH);
    boolean rightAny = !rightEnds && right.get(j).equals(ANY_DEPTH);
    if (leftAny && (meets[i + 1][j] || (!rightEnds && meets[i][j + 1]))) {
      return true;
    }
    if (rightAny && (meets[i][j + 1] || (!leftEnds && meets[i + 1][j]))) {
      return true;
    }
    return !leftEnds
        && !rightEnds
        && !leftAny
        && !rightAny
        && meets[i + 1][j + 1]
        && segmentsMeet(left.get(i), right.get(j));
  }

  /** Whether some text is matched by both segments, in which {@code *} stands for any text. */
  private static boolean segmentsMeet(String left, String right) {
    boolean[][] meets = new boolean[left.length() + 1][right.length() + 1];
    for (int i = left.length(); i >= 0; i--) {
      for (int j = right.length(); j >= 0; j--) {
        boolean leftStar = i < left.length() && left.charAt(i) == '*';
        boolean rightStar = j < right.length() && right.charAt(j) == '*';
        meets[i][j] =
            (i == left.length() && j == right.length())
                || (leftStar && (meets[i + 1][j] || (j < right.length() && meets[i][j + 1])))
                || (rightStar && (meets[i][j + 1] || (i < left.length() && meets[i + 1][j])))
                || (i < left.length()
                    && j < right.length()
                    && left.charAt(i) == right.charAt(j)
                    && meets[i + 1][j + 1]);
      }
    }
    return meets[0][0];
  }

  private List<String> segments() {
    List<String> segments = new ArrayList<>();
    for (String segment : text.split("/", -1)) {
      boolean repeated =
          segment.equals(ANY_DEPTH) && !segments.isEmpty() && segments.getLast().equals(ANY_DEPTH);
      if (!repeated) {
        segments.add(segment);
      }
    }
    return segments;
  }

  /** As the record's own, but first by identity: the paths of a plan are shared objects. */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || (other instanceof FilePattern pattern && text.equals(pattern.text));
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public int compareTo(FilePattern other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
