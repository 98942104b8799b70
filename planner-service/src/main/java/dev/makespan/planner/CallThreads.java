package dev.makespan.planner;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;

/** A virtual thread for each call that has to wait for something. */
public record CallThreads(ExecutorService virtual) implements Executor {

  @Override
  public void execute(Runnable call) {
    virtual.execute(call);
  }
}
