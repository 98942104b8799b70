package dev.makespan.planner;

import java.util.List;

/** What operators see of agents and do with them. */
public final class Agents {

  private final SchedulerClient scheduler;

  Agents(SchedulerClient scheduler) {
    this.scheduler = scheduler;
  }

  /** All that are there or still hold something, by id. */
  public Answer<ObservedFleet> agents() {
    return scheduler.agents();
  }

  /** They take no new work from the answer on; what runs goes on. */
  public Answer<List<ObservedPause>> pause(AgentSubject subject, String reason, String by) {
    List<Violation> wrong =
        checked(subject)
            .text("reason", reason, Texts.MAX_REASON)
            .line("by", by, Texts.MAX_ID)
            .violations();
    return wrong.isEmpty()
        ? scheduler.pauseAgents(subject, reason, by)
        : Answer.refused(Refusal.invalid(wrong));
  }

  /** They take work again. */
  public Answer<List<ObservedPause>> resume(AgentSubject subject) {
    List<Violation> wrong = checked(subject).violations();
    return wrong.isEmpty()
        ? scheduler.resumeAgents(subject)
        : Answer.refused(Refusal.invalid(wrong));
  }

  private static Texts checked(AgentSubject subject) {
    return new Texts()
        .id("subject", subject.name())
        .require(!subject.name().isEmpty(), "subject", "expected an agent or a role, was empty");
  }
}
