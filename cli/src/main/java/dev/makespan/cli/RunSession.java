package dev.makespan.cli;

import dev.makespan.cli.suite.Narrator;
import dev.makespan.cli.suite.SuiteProblem;
import dev.makespan.core.analysis.PlanAnalysis;
import dev.makespan.core.schedule.Search;
import dev.makespan.proto.plan.v1.StoredPlan;
import dev.makespan.proto.run.v1.Run;
import dev.makespan.proto.run.v1.RunReport;
import dev.makespan.proto.run.v1.StartRunRequest;
import io.grpc.StatusRuntimeException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One run from its start to its report, over a planner that answers. */
final class RunSession {

  private static final String INTERRUPTED = "Ctrl-C";

  private final SimulatedAgents.Starter agentStarter;
  private final String agentSuffix;
  private final boolean json;
  private final PrintWriter out;
  private final RunNarrator narrator;
  private final Clock clock = Clock.systemUTC();

  RunSession(
      SimulatedAgents.Starter agentStarter,
      String agentSuffix,
      boolean json,
      PrintWriter out,
      RunNarrator narrator) {
    this.agentStarter = agentStarter;
    this.agentSuffix = agentSuffix;
    this.json = json;
    this.out = out;
    this.narrator = narrator;
  }

  /** Answers the exit code. */
  int run(RunRequest request, HostPort planner, HostPort gateway, boolean detach)
      throws Failure, SuiteProblem, InterruptedException {
    try (PlannerClient client = PlannerClient.at(planner)) {
      StoredPlan plan = store(client, request);
      @Nullable SimulatedAgents agents =
          request.simulate()
              ? SimulatedAgents.start(
                  agentStarter, agentSuffix, gateway, request.pools(), request.speed(), narrator)
              : null;
      try {
        Run run = start(client, request, plan);
        if (detach) {
          Lines.say(
              out,
              json
                  ? Json.text(ReportJson.of(run))
                  : "run %d is started; makespan status %d".formatted(run.getId(), run.getId()));
          return ExitCodes.DONE;
        }
        narrator.say(opening(request, run, agents == null ? 0 : agents.count(), gateway));
        return follow(client, request, run);
      } finally {
        if (agents != null) {
          agents.close();
        }
      }
    }
  }

  private static StoredPlan store(PlannerClient client, RunRequest request)
      throws InterruptedException {
    String requestId = UUID.randomUUID().toString();
    return Retries.call(
        () -> client.createPlan(requestId, request.file(), request.acceptWarnings()));
  }

  private static Run start(PlannerClient client, RunRequest request, StoredPlan plan)
      throws InterruptedException {
    StartRunRequest start =
        StartRunRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .setPlanName(plan.getName())
            .setPlanVersion(plan.getVersion())
            .putAllParameters(request.parameters())
            .setSimulate(request.simulate())
            .setSpeed(request.speed())
            .setWeight(request.weight())
            .build();
    Run started = Retries.call(() -> client.startRun(start));
    return Retries.call(() -> client.run(started.getId()));
  }

  private static String opening(RunRequest request, Run run, int agents, HostPort gateway) {
    String start =
        "run %d of %s version %d: %s"
            .formatted(
                run.getId(),
                run.getPlanName(),
                run.getPlanVersion(),
                Texts.count(request.plan().tasks().size(), "task"));
    return request.simulate()
        ? "%s, %s, speed %s"
            .formatted(start, Texts.count(agents, "simulated agent"), plain(request.speed()))
        : "%s; it waits for agents: makespan agent --gateway %s --role %s"
            .formatted(start, gateway, request.plan().pools().keySet().iterator().next());
  }

  private int follow(PlannerClient client, RunRequest request, Run run)
      throws Failure, InterruptedException {
    RunBoard board = new RunBoard(run);
    AtomicBoolean over = new AtomicBoolean();
    cancelOnInterrupt(client, run.getId(), over);
    Terminal terminal = Terminal.ofProcess();
    try (RunDisplay display = display(request, board, terminal)) {
      Narrator before = narrator.swap(display::say);
      try {
        new RunFollower(client, run.getId(), 0, display::say)
            .follow(event -> {
              String line;
              synchronized (board) {
                line = board.take(event);
              }
              display.event(line);
            });
      } finally {
        over.set(true);
        narrator.swap(before);
      }
    }
    RunReport report = Retries.call(() -> client.report(run.getId()));
    out.print(
        json
            ? Json.text(ReportJson.of(report)) + "\n"
            : "\n" + ReportText.of(report, terminal.columns()));
    out.flush();
    return States.exitCode(board.state());
  }

  private RunDisplay display(RunRequest request, RunBoard board, Terminal terminal) {
    if (json) {
      return RunDisplay.silent(out);
    }
    if (!terminal.live()) {
      return RunDisplay.lines(out);
    }
    PlanAnalysis analysis = PlanAnalysis.of(request.plan(), request.pools(), Search.DEFAULT);
    Forecast forecast = new Forecast(request.plan(), analysis);
    RunFrame frame = new RunFrame(request.plan().name(), terminal);
    return RunDisplay.live(
        out,
        () -> {
          synchronized (board) {
            Duration now = board.sinceStart(clock.instant()).orElse(Duration.ZERO);
            return frame.lines(board, now, forecast.finish(board, now));
          }
        });
  }

  /** The first Ctrl-C asks for an end and goes on watching; the second ends this command. */
  private void cancelOnInterrupt(PlannerClient client, long run, AtomicBoolean over) {
    Thread follower = Thread.currentThread();
    AtomicBoolean asked = new AtomicBoolean();
    Signals.on(
        () -> {
          if (over.get() || asked.getAndSet(true)) {
            follower.interrupt();
            return;
          }
          narrator.say("cancelling run %d; Ctrl-C again leaves it to itself".formatted(run));
          try {
            client.cancel(run, INTERRUPTED);
          } catch (StatusRuntimeException e) {
            narrator.say("can't cancel: " + Statuses.message(e));
          }
        },
        "INT",
        "TERM",
        "HUP");
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }
}
