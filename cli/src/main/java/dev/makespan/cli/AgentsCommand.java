package dev.makespan.cli;

import dev.makespan.cli.suite.SuiteProblem;
import dev.makespan.proto.run.v1.AgentPause;
import dev.makespan.proto.run.v1.ListAgentsResponse;
import dev.makespan.proto.run.v1.PauseAgentsRequest;
import dev.makespan.proto.run.v1.ResumeAgentsRequest;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the agents, and lets them take no new work. */
@Command(
    name = "agents",
    header = "Show the agents and what they hold; pause and resume them.",
    description = {
      "A paused agent, or all agents as far as they have a paused role, takes no new work; what runs goes on.",
      "A pause outlives the scheduler and the agent's connection, and may be said of an agent that is not there yet."
    },
    footer = {
      "",
      "Examples:",
      "  makespan agents",
      "  makespan agents pause backend-1 --reason 'new disk'",
      "  makespan agents pause --role backend",
      "  makespan agents resume backend-1",
      "  makespan agents resume --role backend",
      "",
      "Exit codes: 0 done, 2 bad input, 3 the planner can't be reached."
    })
final class AgentsCommand implements Callable<Integer> {

  private static final String LIST = "list";
  private static final String PAUSE = "pause";
  private static final String RESUME = "resume";

  @Spec CommandSpec command = CommandSpec.create();
  @Mixin OutputOption output = new OutputOption();
  @Mixin PlannerOption planner = new PlannerOption();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "ACTION",
      description = "list, pause or resume (default: list).")
  String action = LIST;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "AGENT",
      description = "The agent to pause or resume.")
  String agent = "";

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description = "All agents as far as they have this role, in place of one agent.")
  String role = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "With pause: why, for the record.")
  String reason = "";

  @Option(
      names = "--by",
      paramLabel = "NAME",
      description = "Who says it (default: the user of this machine).")
  String by = System.getProperty("user.name", "");

  @Override
  public Integer call() throws Failure, SuiteProblem {
    check();
    PrintWriter out = command.commandLine().getOut();
    try (PlannerClient client = PlannerClient.at(planner.address())) {
      switch (action) {
        case PAUSE -> say(out, client.pauseAgents(pause()));
        case RESUME -> say(out, client.resumeAgents(resume()));
        default -> {
          ListAgentsResponse fleet = client.agents();
          Lines.say(
              out,
              output.isJson()
                  ? Json.text(AgentsView.json(fleet))
                  : AgentsView.text(fleet, Instant.now()));
        }
      }
      return ExitCodes.DONE;
    }
  }

  private void check() throws Failure {
    if (!List.of(LIST, PAUSE, RESUME).contains(action)) {
      throw Failure.badInput("expected list, pause or resume, was '" + action + "'");
    }
    boolean both = !agent.isEmpty() && !role.isEmpty();
    boolean none = agent.isEmpty() && role.isEmpty();
    if (action.equals(LIST) ? !none : both || none) {
      throw Failure.badInput(
          action.equals(LIST)
              ? "an agent or --role goes with pause or resume"
              : "expected an agent or --role");
    }
  }

  private PauseAgentsRequest pause() {
    PauseAgentsRequest.Builder request =
        PauseAgentsRequest.newBuilder().setReason(reason).setBy(by);
    return role.isEmpty() ? request.setAgent(agent).build() : request.setRole(role).build();
  }

  private ResumeAgentsRequest resume() {
    ResumeAgentsRequest.Builder request = ResumeAgentsRequest.newBuilder();
    return role.isEmpty() ? request.setAgent(agent).build() : request.setRole(role).build();
  }

  private void say(PrintWriter out, List<AgentPause> pauses) {
    Lines.say(out, output.isJson() ? Json.text(AgentsView.json(pauses)) : AgentsView.text(pauses));
  }
}
