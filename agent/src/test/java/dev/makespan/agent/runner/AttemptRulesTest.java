package dev.makespan.agent.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePattern;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttemptRulesTest {

  @TempDir Path temp;

  @Test
  void variablesOfTheAgentAreHandedOnByName() {
    Map<String, String> all =
        AttemptEnvironment.of(
            Map.of("PATH", "/bin", "TOKEN", "x", "GIVEN", "g", "MAKESPAN_RUN", "evil"),
            Set.of("GIVEN", "ABSENT"),
            Map.of("PATH", "/mine", "MAKESPAN_TASK", "evil"),
            Map.of("MAKESPAN_RUN", "1"));

    assertThat(all).isEqualTo(Map.of("PATH", "/mine", "GIVEN", "g", "MAKESPAN_RUN", "1"));
  }

  @Test
  void declaredFilesAreThoseThatMayChange() {
    DeclaredFiles declared =
        new DeclaredFiles(
            List.of(
                new FileAccess(new FilePattern("src"), FileMode.WRITE),
                new FileAccess(new FilePattern("docs/*.md"), FileMode.APPEND),
                new FileAccess(new FilePattern("**"), FileMode.READ)));

    assertThat(
            declared.undeclared(
                List.of("src/a/b.c", "srcs/a", "docs/a.md", "docs/a/b.md", "a\\b", "-x")))
        .containsExactly("srcs/a", "docs/a/b.md", "a\\b", "-x");
  }

  @Test
  void contextIsAFileWhereOneIsMeantAndThere() throws IOException {
    Path workspace = Files.createDirectories(temp.resolve("workspace"));
    Files.writeString(workspace.resolve("a.md"), "x".repeat(70_000));
    Files.writeString(temp.resolve("outside.md"), "outside");
    Files.createSymbolicLink(workspace.resolve("link.md"), temp.resolve("outside.md"));

    List<PromptText.Given> given =
        GivenFiles.of(List.of("a.md", "link.md", "../outside.md", "as discussed"), workspace);

    assertThat(given)
        .extracting(PromptText.Given::title)
        .containsExactly("`a.md`", "a note", "a note", "a note");
    assertThat(given.getFirst().content()).endsWith("… 4464 bytes more are in the file");
    assertThat(given.toString()).doesNotContain("outside\"", "content=outside");
  }

  @Test
  void whatIsSaidWithoutEndIsReadToItsLimitOnly() throws IOException {
    Path file = temp.resolve("output");
    Heard heard = new Heard();
    Told told = new Told(List.of(), heard);
    OutputFile output = new OutputFile(file, told, text -> text);
    output.follow();
    Files.write(file, ("metric a=1\n" + "x".repeat(8_000_000)).getBytes(StandardCharsets.UTF_8));

    output.finish();

    assertThat(told.metrics()).isEqualTo(Map.of("a", 1.0));
    assertThat(told.problems()).contains("expected lines of at most");
  }

  @Test
  void moreEntriesThanTheStreamTakesAreNotHeeded() {
    Told told = new Told(List.of(), new Heard());
    for (int i = 0; i <= Told.MAX_ENTRIES; i++) {
      told.heard(new OutputLine.Metric("m" + i, i));
    }

    assertThat(told.metrics()).hasSize(Told.MAX_ENTRIES);
    assertThat(told.problems()).startsWith("1 lines");
  }

  @Test
  void progressIsToldWhenItIsNewAndOnceForAllThatIs() {
    Heard heard = new Heard();
    Told told = new Told(List.of(), heard);
    told.heard(new OutputLine.Progress(10, "a"));
    told.heard(new OutputLine.Checkpoint("row 1"));
    told.touched(List.of("b", "a".repeat(2_000)));
    told.flush();
    told.touched(List.of("b"));
    told.flush();

    assertThat(heard.progress)
        .singleElement()
        .satisfies(one -> {
          assertThat(one.checkpoint()).isEqualTo("row 1");
          assertThat(one.files()).containsExactly("b");
        });
  }

  @Test
  void secretsAreFilesOfAFolderAndVariablesThatAreAllowed() throws IOException {
    Files.writeString(temp.resolve("token"), "a");
    Files.writeString(temp.resolveSibling("outside"), "b");
    Secrets secrets =
        new AgentSecrets(temp, Set.of("KEY", "GONE"), Map.of("KEY", "k", "OTHER", "o"));

    assertThat(secrets.find("token")).contains("a");
    assertThat(secrets.find("KEY")).contains("k");
    assertThat(secrets.find("OTHER")).isEmpty();
    assertThat(secrets.find("GONE")).isEmpty();
    assertThat(secrets.find("../outside")).isEmpty();
    Files.delete(temp.resolveSibling("outside"));
  }
}
