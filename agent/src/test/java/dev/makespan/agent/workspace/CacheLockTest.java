package dev.makespan.agent.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheLockTest {

  @TempDir Path temp;

  /** Another process: takes the lock, says so, and holds it until it hears a line. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws Exception {
      new CacheLock(Path.of(arguments[0]))
          .holding(() -> {
            System.out.println("held");
            try {
              return System.in.read();
            } catch (java.io.IOException e) {
              throw new IllegalStateException(e);
            }
          });
    }
  }

  @Test
  void theLockHoldsBetweenProcesses() throws Exception {
    Path file = temp.resolve("cache.lock");
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said =
            new BufferedReader(
                new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8));
        Writer to = holder.outputWriter(StandardCharsets.UTF_8)) {
      assertThat(said.readLine()).isEqualTo("held");

      CompletableFuture<Boolean> mine =
          CompletableFuture.supplyAsync(() -> take(new CacheLock(file)));

      assertThat(mine.completeOnTimeout(false, 300, TimeUnit.MILLISECONDS).copy().get()).isFalse();
      to.write("\n");
      to.flush();
      assertThat(take(new CacheLock(file))).isTrue();
    } finally {
      holder.destroyForcibly();
    }
  }

  private static boolean take(CacheLock lock) {
    try {
      return lock.holding(() -> true);
    } catch (AttemptProblem | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
