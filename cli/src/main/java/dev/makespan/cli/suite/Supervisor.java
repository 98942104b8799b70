package dev.makespan.cli.suite;

import dev.makespan.postgres.EmbeddedServer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;

/**
 * Watches one child and starts it again when it dies: at most {@link #MAX_RESTARTS} times within
 * {@link #WINDOW}, with a doubling pause. Then it gives the suite up, and says so.
 */
final class Supervisor {

  static final int MAX_RESTARTS = 5;
  static final Duration WINDOW = Duration.ofMinutes(1);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  private final Suite suite;
  private final String name;
  private final Deque<Long> restarts = new ArrayDeque<>();

  private Supervisor(Suite suite, String name) {
    this.suite = suite;
    this.name = name;
  }

  static void watch(Suite suite, Service service, ChildProcess child) {
    Supervisor supervisor = new Supervisor(suite, service.module());
    start(service.module(), () -> supervisor.keepAlive(service, child));
  }

  static void watch(Suite suite, EmbeddedServer server) {
    Supervisor supervisor = new Supervisor(suite, "the database");
    start("database", () -> supervisor.keepAlive(server));
  }

  private static void start(String name, Runnable loop) {
    Thread.ofPlatform().daemon().name("supervisor-" + name).start(loop);
  }

  private void keepAlive(Service service, ChildProcess first) {
    ChildProcess child = first;
    try {
      while (mayGoOn(child.process().waitFor())) {
        child = suite.launch(service);
        Readiness.await(child, suite.ports().of(service));
        suite.say(name + " is back");
      }
    } catch (SuiteProblem e) {
      giveUp(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void keepAlive(EmbeddedServer first) {
    EmbeddedServer server = first;
    try {
      server.process().onExit().get();
      while (mayGoOn(-1)) {
        server = suite.relaunchDatabase().server();
        suite.say(name + " is back");
        server.process().onExit().get();
      }
    } catch (SuiteProblem | ExecutionException e) {
      giveUp(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** After a death: whether to start again, and the pause before that. */
  private boolean mayGoOn(int exit) throws InterruptedException {
    if (suite.isStopping()) {
      return false;
    }
    long now = System.nanoTime();
    while (!restarts.isEmpty() && now - restarts.getFirst() > WINDOW.toNanos()) {
      restarts.removeFirst();
    }
    String code = exit < 0 ? "" : " with code " + exit;
    if (restarts.size() >= MAX_RESTARTS) {
      giveUp("it has ended %d times in a minute".formatted(MAX_RESTARTS + 1));
      return false;
    }
    suite.say(name + " has ended" + code + "; starting it again");
    Thread.sleep(FIRST_PAUSE.multipliedBy(1L << restarts.size()));
    restarts.addLast(now);
    return !suite.isStopping();
  }

  private void giveUp(String reason) {
    if (!suite.isStopping()) {
      suite.giveUp(name + " can't be kept running: " + reason);
    }
  }
}
