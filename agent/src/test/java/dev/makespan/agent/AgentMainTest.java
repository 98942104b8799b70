package dev.makespan.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class AgentMainTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int execute(String... arguments) {
    CommandLine command = AgentMain.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }

  @Test
  void theHelpNamesEveryRunner() {
    assertThat(execute("--help")).isZero();
    assertThat(out.toString())
        .contains("shell ", "prompt=COMMAND", "simulate ", "--work-dir", "--secrets", "--env");
  }

  @Test
  void aRunnerThatThereIsNotIsNamed() {
    assertThat(execute("--role", "backend", "--runner", "magic")).isEqualTo(2);
    assertThat(err.toString())
        .contains("runner: expected shell, prompt=COMMAND or simulate, was 'magic'");
  }

  @Test
  void aPromptNeedsItsCommand() {
    assertThat(execute("--role", "backend", "--runner", "prompt=")).isEqualTo(2);
    assertThat(err.toString()).contains("expected prompt=COMMAND, was no command");
  }

  @Test
  void aFolderThatCannotBeUsedIsNamed(@TempDir Path temp) throws java.io.IOException {
    Path file = java.nio.file.Files.createFile(temp.resolve("file"));

    assertThat(execute("--role", "backend", "--runner", "shell", "--work-dir", file.toString()))
        .isEqualTo(2);
    assertThat(err.toString()).contains("work-dir: expected a folder that can be written");
  }
}
