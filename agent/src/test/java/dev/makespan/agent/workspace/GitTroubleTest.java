package dev.makespan.agent.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GitTroubleTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fatal: write error: No space left on device | true | the disk is full",
        "error: unable to write file: Disk quota exceeded | true | the disk is full",
        "fatal: detected dubious ownership in repository at '/x' | false | safe.directory",
        "fatal: Authentication failed for 'https://x/' | false | has no access",
        "git@x: Permission denied (publickey). | false | has no access",
        "fatal: could not read Username for 'https://x': terminal prompts disabled"
            + " | false | has no access",
        "ssh: Could not resolve hostname x: Temporary failure. Could not resolve host"
            + " | true | cannot be reached",
        "fatal: unable to access 'https://x/': The requested URL returned error: 503"
            + " | true | cannot be reached",
        "fatal: couldn't find remote ref refs/heads/x | false | it is not there",
        "remote: Repository not found. | false | the repository is not there",
        "fatal: transport 'ext' not allowed | false | does not allow",
        "fatal: something new | true | git ended with 128"
      })
  void whatGitSaysTellsWhetherAnotherTryMayHelp(String said, boolean retryable, String means) {
    AttemptProblem problem = GitTrouble.of("fetching", Git.Reach.REPOSITORY, 128, said);

    assertThat(problem.text()).startsWith("fetching: ").contains(means);
    assertThat(problem.isRetryable()).isEqualTo(retryable);
  }

  @Test
  void inTheWorktreeAMissingFileIsNoMissingRepository() {
    AttemptProblem problem =
        GitTrouble.of("committing", Git.Reach.HERE, 1, "fatal: x: No such file or directory");

    assertThat(problem.isRetryable()).isTrue();
    assertThat(problem.text()).doesNotContain("repository");
  }

  @Test
  void longAndColouredWordsAreShownShort() {
    String text =
        GitTrouble.of("committing", Git.Reach.HERE, 1, "\u001b[31m" + "x\n".repeat(10_000)).text();

    assertThat(text).hasSizeLessThan(600).contains("\\u001B").doesNotContain("\n");
  }
}
