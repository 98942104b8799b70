package dev.makespan.bench.dispatch;

import dev.makespan.proto.agent.v1.Assign;
import dev.makespan.proto.agent.v1.ResultAck;
import dev.makespan.proto.agent.v1.TaskRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Agents that accept and then hold what they have, so that they may write for it. */
final class Holders implements Work {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** An attempt and who holds it. */
  record Held(String session, TaskRef task) {}

  private final List<Held> held = new ArrayList<>();
  private final CountDownLatch missing;

  Holders(int count) {
    this.missing = new CountDownLatch(count);
  }

  /** Runs a plan of a task for each agent of {@code fleet}; returns when each has its own. */
  static List<Held> of(Rig rig, AgentFleet fleet, String name) throws InterruptedException {
    Holders holders = new Holders(fleet.size());
    fleet.work(holders);
    LoadPlan plan = LoadPlan.independent(name, fleet.size());
    rig.planner()
        .upload(plan)
        .ifPresent(refusal -> {
          throw new IllegalStateException(refusal);
        });
    rig.planner().start(name, name + "-" + System.nanoTime()).join();
    if (!holders.missing.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("the attempts to write for were not assigned");
    }
    return fleet.loop().submit(() -> List.copyOf(holders.held)).syncUninterruptibly().getNow();
  }

  @Override
  public void assigned(AgentSession session, Assign assignment) {
    session.accept(assignment.getTask());
    held.add(new Held(session.sessionId(), assignment.getTask()));
    missing.countDown();
  }

  @Override
  public void acknowledged(AgentSession session, ResultAck ack) {}
}
