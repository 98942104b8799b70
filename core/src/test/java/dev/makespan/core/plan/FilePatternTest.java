package dev.makespan.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilePatternTest {

  @ParameterizedTest
  @CsvSource({
    "'', 1 to 1024 characters",
    "/etc/passwd, relative to the workspace",
    "C:/Users, relative to the workspace",
    "c:, relative to the workspace",
    "a:x, relative to the workspace",
    "z:x, relative to the workspace",
    "A:x, relative to the workspace",
    "Z:x, relative to the workspace",
    "-rf, does not begin with '-'",
    "a\\b, without control characters",
    "a//b, inside the workspace",
    "a/, inside the workspace",
    "., inside the workspace",
    "a/./b, inside the workspace",
    "a/.., inside the workspace",
    ".git/config, outside '.git'",
    "sub/.git, outside '.git'"
  })
  void aPathThatLeavesTheWorkspaceIsRefused(String text, String problem) {
    assertThat(FilePattern.problemOf(text)).contains(problem);
    assertThatThrownBy(() -> new FilePattern(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "a/b", ".github/x", "ab:c", "1:x", "@:x", "[:x", "`:x", "{:x", "..a", "a b"})
  void aPathInsideIsAccepted(String text) {
    assertThat(FilePattern.problemOf(text)).isEmpty();
  }

  @Test
  void controlCharactersAndPathsTooLongAreRefused() {
    assertThat(FilePattern.problemOf("a\u001fb")).contains("control characters");
    assertThat(FilePattern.problemOf("a\u007fb")).contains("control characters");
    assertThat(FilePattern.problemOf("a".repeat(FilePattern.MAX_LENGTH))).isEmpty();
    assertThat(FilePattern.problemOf("a".repeat(FilePattern.MAX_LENGTH + 1))).contains("was 1025");
  }

  @ParameterizedTest
  @CsvSource({
    "a.rs, ''",
    "src/a.rs, src",
    "src/b/*.rs, src/b",
    "src/b*/c/a.rs, src",
    "**/a.rs, ''",
    "*, ''"
  })
  void theFolderEndsBeforeTheFirstGlob(String text, String folder) {
    assertThat(new FilePattern(text).folder()).isEqualTo(folder);
  }

  /**
   * Every pair of small patterns, against all small paths: some path is named by both, or one is
   * the folder that the other is in.
   */
  @Test
  void patternsOverlapWhenSomePathIsNamedByBothOrOneIsTheOthersFolder() {
    List<String> segments = List.of("a", "ab", "*", "a*", "*b", "**");
    List<String> patterns = new ArrayList<>(segments);
    for (String first : segments) {
      for (String then : segments) {
        patterns.add(first + "/" + then);
      }
    }
    Stream.of("a/**/b", "**/a/**", "*/b/*", "**/**/a", "a*b/**", "**/b/a").forEach(patterns::add);
    List<String> paths = paths();

    for (String left : patterns) {
      List<String> named = paths.stream().filter(regex(left).asMatchPredicate()).toList();
      for (String right : patterns) {
        boolean shared = named.stream().anyMatch(regex(right).asMatchPredicate());
        assertThat(new FilePattern(left).overlaps(new FilePattern(right)))
            .as("%s and %s", left, right)
            .isEqualTo(shared || isFolderOf(left, right) || isFolderOf(right, left));
      }
      for (String path : List.of("a", "b/a", "ab/a/b", "aab")) {
        assertThat(new FilePattern(left).matches(new FilePattern(path)))
            .as("%s names %s", left, path)
            .isEqualTo(regex(left).matcher(path + "/").matches() || isFolderOf(left, path));
      }
    }
  }

  @Test
  void patternsAreSortedByTheirText() {
    assertThat(Stream.of("b", "a/b", "a").map(FilePattern::new).sorted().toList())
        .hasToString("[a, a/b, b]");
    assertThat(new FilePattern("a")).isEqualTo(new FilePattern("a")).hasSameHashCodeAs("a");
    assertThat(new FilePattern("a")).isNotEqualTo(new FilePattern("b"));
  }

  /** Paths of up to four short segments: all that the patterns can tell apart. */
  private static List<String> paths() {
    List<String> names = List.of("a", "b", "ab", "ba", "aab");
    List<String> paths = new ArrayList<>(names.stream().map(name -> name + "/").toList());
    int begin = 0;
    for (int depth = 2; depth <= 4; depth++) {
      int end = paths.size();
      for (int i = begin; i < end; i++) {
        for (String name : depth < 4 ? names : List.of("a", "b")) {
          paths.add(paths.get(i) + name + "/");
        }
      }
      begin = end;
    }
    return paths;
  }

  /** Whether {@code plain} is no glob and all that {@code other} names lies beneath it. */
  private static boolean isFolderOf(String plain, String other) {
    String folder = other.contains("*") ? new FilePattern(other).folder() : other;
    return !plain.contains("*") && (folder + "/").startsWith(plain + "/");
  }

  /** For a path with a slash behind each of its segments. */
  private static Pattern regex(String pattern) {
    StringBuilder regex = new StringBuilder();
    for (String segment : pattern.split("/", -1)) {
      regex.append(segment.equals("**") ? "([^/]+/)*" : segment.replace("*", "[^/]*") + "/");
    }
    return Pattern.compile(regex.toString());
  }
}
