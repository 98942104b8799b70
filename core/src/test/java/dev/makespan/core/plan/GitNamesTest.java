package dev.makespan.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitNamesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".",
        "/srv/git/app.git",
        "../app",
        "https://example.org/app.git",
        "https://bot@example.org/app.git",
        "ssh://git@example.org:2222/app.git",
        "git@example.org:app.git",
        "file:///srv/git/app.git"
      })
  void pathsAndUrlsAreRepositories(String text) {
    assertThat(GitNames.problemOfRepository(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "--upload-pack=evil, does not begin with '-'",
    "ext::sh -c evil, was a command",
    "fd::7, was a command",
    "git://example.org/app.git, expected https",
    "ftp://example.org/app.git, expected https",
    "https://bot:secret@example.org/app.git, without a password",
    "ssh://-oProxyCommand=evil/app, name of a host",
    "ssh://git@-oProxyCommand=evil/app, name of a host",
    "https:///app, name of a host"
  })
  void whatGitCouldTakeForSomethingElseIsRefused(String text, String problem) {
    assertThat(GitNames.problemOfRepository(text)).contains(problem).doesNotContain("secret");
  }

  @Test
  void aUrlIsShownWithoutWhoAsks() {
    assertThat(GitNames.shown("https://bot:secret@example.org/app.git"))
        .isEqualTo("https://example.org/app.git");
    assertThat(GitNames.shown("/srv/app\u001b[1m")).isEqualTo("/srv/app\\u001B[1m");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEAD", "main", "release/1.2", "v1.0", "0123456789abcdef", "task/{id}"})
  void branchesTagsAndCommitsAreNames(String text) {
    assertThat(GitNames.problemOfName(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "-f", "a..b", "../main", "a//b", "/a", "a/", ".a", "a/.b", "a.lock", "a.", "a b", "a~1",
        "a^", "a:b", "a?", "a*", "a[b", "a\\b", "a@{1}", "@", "a\u0007"
      })
  void whatGitWouldNotCallABranchIsRefused(String text) {
    assertThat(GitNames.problemOfName(text)).startsWith("expected");
  }
}
