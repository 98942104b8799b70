package dev.makespan.scheduler;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;

/** A virtual thread for each call, watcher and write. */
public record CallThreads(ExecutorService virtual) implements Executor {

  @Override
  public void execute(Runnable command) {
    virtual.execute(command);
  }

  /** Interrupts all of them. */
  void stop() {
    virtual.shutdownNow();
  }
}
