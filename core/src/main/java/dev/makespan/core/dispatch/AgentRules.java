package dev.makespan.core.dispatch;

import dev.makespan.core.run.Run;
import dev.makespan.core.run.RunDecision;
import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.task.Blocker;
import dev.makespan.core.task.Delivery;
import dev.makespan.core.task.TaskCommand;
import dev.makespan.core.task.TaskDecision.Refusal;
import dev.makespan.core.task.TaskLife;
import dev.makespan.core.task.TaskRef;
import dev.makespan.core.task.TaskState;
import dev.makespan.core.task.Traces;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What agents say, made into commands for their tasks, and the answers. */
final class AgentRules {

  private final Books books;
  private final ShardSettings settings;
  private final Holders holders;
  private final LateFiles lateFiles;
  private final Merges merges;

  AgentRules(Books books, ShardSettings settings, LateFiles lateFiles) {
    this.books = books;
    this.settings = settings;
    this.holders = new Holders(books);
    this.lateFiles = lateFiles;
    this.merges = new Merges(books);
  }

  /** An agent is here: what it holds goes on or is given up, what it does not hold is lost. */
  void opened(AgentSays.Hello hello, Stepping step) {
    Agent known = books.fleet().findAgent(hello.agent());
    SessionId older = known == null ? null : known.findSession();
    if (older != null && !older.equals(hello.session())) {
      step.close(older, "a newer session of agent " + hello.agent() + " was opened");
    }
    Agent agent = books.fleet().connect(hello);
    agent.heard(step.now());
    Set<Long> claimed = new LinkedHashSet<>();
    List<GatewaySays.HeldDecision> decisions = new ArrayList<>();
    for (TaskRef ref : hello.held()) {
      claimed.add(ref.fence());
      decisions.add(new GatewaySays.HeldDecision(ref, goesOn(agent, ref, step)));
    }
    for (TaskRef ref : hello.unacknowledged()) {
      claimed.add(ref.fence());
      goesOn(agent, ref, step);
      decisions.add(new GatewaySays.HeldDecision(ref, true));
    }
    step.tell(
        hello.session(),
        new GatewaySays.Welcome(
            decisions, settings.statusInterval(), settings.lease(), settings.delivery()));
    if (agent.isPaused()) {
      tellPause(agent, hello.session(), step);
    }
    giveUpAllBut(claimed, agent, step);
    repeatCancels(agent, hello.session(), step);
  }

  /** Operators have paused something, or ended a pause: agents that it turns hear of it. */
  void paused(List<AgentPause> all, Stepping step) {
    for (Agent agent : books.fleet().pause(all)) {
      SessionId session = agent.findSession();
      if (session != null && agent.isPaused()) {
        tellPause(agent, session, step);
      } else if (session != null) {
        step.tell(session, new GatewaySays.Resume());
      }
    }
  }

  private void tellPause(Agent agent, SessionId session, Stepping step) {
    AgentPause first = books.fleet().pausesOf(agent).getFirst();
    step.tell(session, new GatewaySays.Pause(first.reason()));
  }

  private boolean goesOn(Agent agent, TaskRef ref, Stepping step) {
    if (!isLive(agent, ref)) {
      return false;
    }
    if (stateOf(ref) instanceof TaskState.Leased) {
      step.decide(ref, new TaskCommand.Accept(ref.fence()));
    }
    books.renew(ref, step.now());
    return true;
  }

  /** Whether {@code ref} names the live attempt of its task, and this agent has it. */
  private boolean isLive(Agent agent, TaskRef ref) {
    return stateOf(ref).liveFence() == ref.fence() && agent.has(ref);
  }

  private TaskState stateOf(TaskRef ref) {
    LiveRun live = books.findRun(ref.run());
    if (live == null || !live.run().contains(ref.task())) {
      return new TaskState.Cancelled("gone");
    }
    return live.run().life(live.run().indexOf(ref.task())).state();
  }

  private void giveUpAllBut(Set<Long> claimed, Agent agent, Stepping step) {
    String reason = "agent " + agent.id() + " came back without it";
    for (TaskRef ref : agent.attempts()) {
      if (!claimed.contains(ref.fence())) {
        step.decide(ref, new TaskCommand.Lose(ref.fence(), reason));
      }
    }
  }

  private void repeatCancels(Agent agent, SessionId session, Stepping step) {
    for (TaskRef ref : agent.attempts()) {
      if (stateOf(ref) instanceof TaskState.Cancelling) {
        step.tell(session, cancel(ref));
      }
    }
  }

  GatewaySays.Cancel cancel(TaskRef ref) {
    return new GatewaySays.Cancel(ref, settings.cancelGrace(), "cancelled");
  }

  void said(SessionId session, AgentSays message, Stepping step) {
    Agent agent = books.fleet().findAgent(session);
    if (agent == null) {
      step.tell(session, new GatewaySays.GoAway("this session is not known: say Hello again"));
      return;
    }
    books.fleet().heard(agent, step.now());
    if (holders.isAnothers(agent, message)) {
      refuseAnothers(session, message, step);
      return;
    }
    switch (message) {
      case AgentSays.Hello _ -> step.close(session, "expected Hello once, it came again");
      case AgentSays.Capacity m -> books.fleet().offer(agent, m.freeSlots(), accepted(agent));
      case AgentSays.Accept m -> started(session, agent, m.task(), step);
      case AgentSays.Started m -> started(session, agent, m.task(), step);
      case AgentSays.Refuse m -> refused(agent, m, step);
      case AgentSays.Progress m -> progressed(session, agent, m, step);
      case AgentSays.MilestoneReached m -> reached(session, agent, m, step);
      case AgentSays.SlotFree m -> books.fleet().freeSlot(agent, m.task());
      case AgentSays.Result m -> result(session, m, step);
      case AgentSays.RaiseBlocker m -> raised(session, m, step);
      case AgentSays.RequestFiles m -> requested(session, agent, m, step);
      case AgentSays.Status m -> status(session, agent, m, step);
      case AgentSays.Cancelled m ->
          step.decide(m.task(), new TaskCommand.ConfirmCancel(m.task().fence(), m.how()));
      case AgentSays.Draining _ -> books.fleet().drain(agent);
    }
  }

  private static void refuseAnothers(SessionId session, AgentSays message, Stepping step) {
    TaskRef ref = Holders.refOf(message);
    if (message instanceof AgentSays.Result m) {
      step.tell(
          session,
          new GatewaySays.ResultAck(
              m.task(), m.resultId(), GatewaySays.Verdict.SUPERSEDED, "another agent's attempt"));
    } else if (ref != null) {
      step.tell(session, new GatewaySays.LeaseLost(ref));
    }
  }

  private int accepted(Agent agent) {
    int accepted = 0;
    for (TaskRef ref : agent.attempts()) {
      if (!(stateOf(ref) instanceof TaskState.Leased)) {
        accepted++;
      }
    }
    return accepted;
  }

  private void started(SessionId session, Agent agent, TaskRef ref, Stepping step) {
    if (stateOf(ref) instanceof TaskState.Cancelling && isLive(agent, ref)) {
      step.tell(session, cancel(ref));
      return;
    }
    boolean accepted =
        step.decide(ref, new TaskCommand.Accept(ref.fence())) instanceof RunDecision.Accepted;
    if (accepted) {
      books.renew(ref, step.now());
    } else {
      step.tell(session, new GatewaySays.LeaseLost(ref));
    }
  }

  private void refused(Agent agent, AgentSays.Refuse m, Stepping step) {
    if (!isLive(agent, m.task())) {
      return;
    }
    restFrom(agent, m.task(), step);
    step.decide(
        m.task(),
        stateOf(m.task()) instanceof TaskState.Cancelling
            ? new TaskCommand.ConfirmCancel(m.task().fence(), "refused")
            : new TaskCommand.Return(m.task().fence(), "refused: " + m.reason()));
  }

  /** Leaves an agent alone with a task for a while. */
  void restFrom(Agent agent, TaskRef ref, Stepping step) {
    LiveRun live = books.run(ref.run());
    agent.rest(ref, step.now().plus(settings.rest()));
    books.arm(
        step.now().plus(settings.rest()),
        Timer.Kind.REST,
        live,
        live.run().indexOf(ref.task()),
        ref.fence());
  }

  private void progressed(SessionId session, Agent agent, AgentSays.Progress m, Stepping step) {
    if (!isLive(agent, m.task())) {
      step.tell(session, new GatewaySays.LeaseLost(m.task()));
      return;
    }
    if (!m.checkpoint().isEmpty()) {
      step.decide(m.task(), new TaskCommand.Checkpoint(m.task().fence(), m.checkpoint()));
    }
    Run run = books.run(m.task().run()).run();
    Traces.Usage used = TracesOfResult.usage(m.usage());
    if (run.matters(run.indexOf(m.task().task()), used)) {
      step.decide(m.task(), new TaskCommand.Use(m.task().fence(), used));
    }
  }

  /** Said again it is one question, and the answer is said again too. */
  private void raised(SessionId session, AgentSays.RaiseBlocker m, Stepping step) {
    TaskRef ref = m.task();
    RunDecision decision =
        step.decide(
            ref,
            new TaskCommand.RaiseBlocker(ref.fence(), m.blockerId(), m.question(), m.keepsSlot()));
    boolean goesOn =
        decision instanceof RunDecision.Accepted && stateOf(ref).liveFence() == ref.fence();
    if (!goesOn) {
      step.tell(session, new GatewaySays.LeaseLost(ref));
      return;
    }
    for (Blocker blocker : lifeOf(ref).blockers()) {
      if (blocker.fence() == ref.fence() && blocker.id().equals(m.blockerId())) {
        tellAnswer(session, ref, blocker, step);
      }
    }
  }

  private TaskLife lifeOf(TaskRef ref) {
    Run run = books.run(ref.run()).run();
    return run.life(run.indexOf(ref.task()));
  }

  /** Tells an attempt that waits what a person said to its question, if anybody did. */
  void tellAnswer(SessionId session, TaskRef ref, Blocker blocker, Stepping step) {
    Blocker.Answer answer = blocker.answer();
    if (answer != null) {
      step.tell(
          session,
          new GatewaySays.Answer(ref, blocker.id(), GatewaySays.Ruling.GRANTED, answer.text()));
    }
  }

  /** Said again it is one request, and its answer is said again too. */
  private void requested(SessionId session, Agent agent, AgentSays.RequestFiles m, Stepping step) {
    TaskRef ref = m.task();
    TaskCommand accept = new TaskCommand.Accept(ref.fence());
    if (stateOf(ref) instanceof TaskState.Cancelling && isLive(agent, ref)) {
      step.tell(session, cancel(ref));
    } else if (step.decide(ref, accept) instanceof RunDecision.Refused) {
      step.tell(session, new GatewaySays.LeaseLost(ref));
    } else {
      lateFiles.ask(ref, m.requestId(), m.files(), step);
    }
  }

  private void reached(
      SessionId session, Agent agent, AgentSays.MilestoneReached m, Stepping step) {
    TaskCommand reach = new TaskCommand.ReachMilestone(m.task().fence(), m.milestone());
    if (!(step.decide(m.task(), reach) instanceof RunDecision.Refused refused)) {
      return;
    }
    boolean cancelled = stateOf(m.task()) instanceof TaskState.Cancelling;
    if (cancelled && isLive(agent, m.task())) {
      step.tell(session, cancel(m.task()));
    } else if (refused.refusal() == Refusal.SUPERSEDED) {
      step.tell(session, new GatewaySays.LeaseLost(m.task()));
    } else {
      step.tell(session, new GatewaySays.Nack("milestone: " + refused.message()));
    }
  }

  /** A result beside the stream. Its session need not be there, but it may be no other's. */
  void reported(SessionId session, AgentSays.Result m, Stepping step) {
    if (holders.isAnothers(session, m.task())) {
      refuseAnothers(session, m, step);
    } else {
      result(session, m, step);
    }
  }

  private void result(SessionId session, AgentSays.Result m, Stepping step) {
    RunDecision decision = merges.isBatch(m.task()) ? merges.ended(m, step) : decided(m, step);
    GatewaySays.Verdict verdict =
        switch (decision) {
          case RunDecision.Accepted _ when committed(m) -> GatewaySays.Verdict.COMMITTED;
          case RunDecision.Accepted _ -> GatewaySays.Verdict.SUPERSEDED;
          case RunDecision.Refused r ->
              switch (r.refusal()) {
                case SUPERSEDED -> GatewaySays.Verdict.SUPERSEDED;
                case DUPLICATE -> GatewaySays.Verdict.DUPLICATE;
                case INVALID -> GatewaySays.Verdict.INVALID;
              };
        };
    String message = decision instanceof RunDecision.Refused r ? r.message() : "";
    step.tell(session, new GatewaySays.ResultAck(m.task(), m.resultId(), verdict, message));
  }

  private static RunDecision decided(AgentSays.Result m, Stepping step) {
    return step.decide(m.task(), commandOf(m));
  }

  /** A result that met a cancelled task ended the task, but was not accepted. */
  private boolean committed(AgentSays.Result m) {
    return !(stateOf(m.task()) instanceof TaskState.Cancelled);
  }

  static TaskCommand commandOf(AgentSays.Result m) {
    long fence = m.task().fence();
    return switch (m.outcome()) {
      case OK ->
          new TaskCommand.Succeed(
              fence,
              m.resultId(),
              m.metrics(),
              findings(m.gates()),
              new Delivery(m.commit(), m.outputs(), TracesOfResult.of(m)));
      case FAILED ->
          new TaskCommand.Fail(fence, m.resultId(), m.message(), true, TracesOfResult.of(m));
      case FATAL ->
          new TaskCommand.Fail(fence, m.resultId(), m.message(), false, TracesOfResult.of(m));
    };
  }

  private static Map<String, TaskCommand.GateFinding> findings(List<AgentSays.GateReport> gates) {
    Map<String, TaskCommand.GateFinding> findings = new LinkedHashMap<>();
    for (AgentSays.GateReport gate : gates) {
      findings.put(gate.gate(), new TaskCommand.GateFinding(gate.green(), gate.report()));
    }
    return findings;
  }

  private void status(SessionId session, Agent agent, AgentSays.Status m, Stepping step) {
    Set<Long> held = new LinkedHashSet<>();
    for (TaskRef ref : m.held()) {
      held.add(ref.fence());
      answer(session, agent, ref, step);
    }
    String reason = "agent " + agent.id() + " no longer holds it";
    for (TaskRef ref : agent.attempts()) {
      boolean forgotten =
          !held.contains(ref.fence()) && !(stateOf(ref) instanceof TaskState.Leased);
      if (forgotten) {
        step.decide(ref, new TaskCommand.Lose(ref.fence(), reason));
      }
    }
    long working = m.held().stream().filter(ref -> !agent.hasFreedSlotOf(ref)).count();
    books.fleet().offer(agent, m.freeSlots(), (int) working);
  }

  private void answer(SessionId session, Agent agent, TaskRef ref, Stepping step) {
    if (!goesOn(agent, ref, step)) {
      step.tell(session, new GatewaySays.LeaseLost(ref));
    } else if (stateOf(ref) instanceof TaskState.Cancelling) {
      step.tell(session, cancel(ref));
    } else {
      step.tell(session, new GatewaySays.LeaseRenewed(ref, settings.lease()));
    }
  }
}
