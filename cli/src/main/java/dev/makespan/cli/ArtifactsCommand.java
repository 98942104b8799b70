package dev.makespan.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.makespan.cli.suite.SuiteProblem;
import dev.makespan.proto.run.v1.Artifact;
import dev.makespan.proto.run.v1.Attempt;
import dev.makespan.proto.run.v1.LinkArtifactRequest;
import dev.makespan.proto.run.v1.LinkArtifactResponse;
import dev.makespan.proto.run.v1.TaskRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows or fetches what attempts have left behind. */
@Command(
    name = "artifacts",
    header =
        "List the files that a task's attempt, or all tasks of a run, have left behind, or fetch one, or link to it.",
    footer = {
      "",
      "Examples:",
      "  makespan artifacts 12",
      "  makespan artifacts 12 compile",
      "  makespan artifacts 12 compile --get dist/app.js -o app.js",
      "  makespan artifacts 12 compile --link dist/app.js --lifetime 1h",
      "",
      "Exit codes: 0 done, 2 no such run, task, attempt or file, or no links there, 3 the planner or the gateway can't be reached."
    })
final class ArtifactsCommand implements Callable<Integer> {

  @Spec CommandSpec command = CommandSpec.create();
  @Mixin OutputOption output = new OutputOption();
  @Mixin PlannerOption planner = new PlannerOption();

  @Parameters(index = "0", paramLabel = "RUN", description = "The run's number.")
  String run = "";

  @Parameters(
      index = "1",
      paramLabel = "TASK",
      arity = "0..1",
      description = "The task's id (default: all).")
  String task = "";

  @Option(
      names = "--attempt",
      paramLabel = "N",
      defaultValue = "0",
      description = "The attempt's number, from 1 (default: the newest).")
  int attempt;

  @Option(names = "--get", paramLabel = "NAME", description = "Fetch this one.")
  String name = "";

  @Option(
      names = "--link",
      paramLabel = "NAME",
      description =
          "Print an address in the store itself where this one can be read for a while, by whoever has the address.")
  String linked = "";

  @Option(
      names = "--lifetime",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "How long the link is good, such as 30m (default: as the gateway likes, 15m).")
  @Nullable Duration lifetime;

  @Option(
      names = {"-o", "--output-file"},
      paramLabel = "FILE",
      description =
          "Where it is written to, a file that is not there yet (default: its last name).")
  @Nullable Path file;

  @Override
  public Integer call() throws Failure, SuiteProblem {
    try (PlannerClient client = PlannerClient.at(planner.address())) {
      long id = client.runId(run);
      if (!linked.isEmpty()) {
        return link(client, id);
      }
      if (!name.isEmpty()) {
        return fetch(client, id);
      }
      String text = output.isJson() ? Json.text(json(client, id)) : text(client, id);
      Lines.say(command.commandLine().getOut(), text);
      return ExitCodes.DONE;
    }
  }

  private int link(PlannerClient client, long id) throws Failure {
    if (task.isEmpty() || !name.isEmpty()) {
      throw Failure.badInput("--link: expected a TASK with it and no --get");
    }
    LinkArtifactRequest.Builder request =
        LinkArtifactRequest.newBuilder()
            .setRunId(id)
            .setTask(task)
            .setAttempt(attempt)
            .setName(linked);
    if (lifetime != null) {
      request.setLifetime(
          com.google.protobuf.Duration.newBuilder().setSeconds(lifetime.toSeconds()));
    }
    LinkArtifactResponse link = client.artifactLink(request.build());
    Instant until = Instant.ofEpochSecond(link.getExpireTime().getSeconds());
    Lines.say(
        command.commandLine().getOut(),
        output.isJson()
            ? Json.text(
                Json.object()
                    .put("url", link.getUrl())
                    .put("expireTime", until.toString())
                    .put("sha256", link.getArtifact().getSha256())
                    .put("bytes", link.getArtifact().getBytes()))
            : link.getUrl());
    return ExitCodes.DONE;
  }

  private int fetch(PlannerClient client, long id) throws Failure {
    if (task.isEmpty()) {
      throw Failure.badInput("--get: expected a TASK with it, was none");
    }
    Path to = file == null ? Path.of(name).getFileName() : file;
    if (to == null) {
      throw Failure.badInput("--get: expected a name, was " + name);
    }
    try {
      Artifact got = ArtifactDownload.to(to, client.artifact(id, task, attempt, name));
      Lines.say(
          command.commandLine().getOut(),
          "%s: %d bytes, sha256 %s as declared".formatted(to, got.getBytes(), got.getSha256()));
      return ExitCodes.DONE;
    } catch (IOException e) {
      throw Failure.badInput(to + ": " + e.getMessage());
    }
  }

  /** Of which tasks there may be any. */
  private List<String> tasks(PlannerClient client, long id) {
    if (!task.isEmpty()) {
      return List.of(task);
    }
    List<String> tried = new ArrayList<>();
    for (TaskRun one : client.run(id).getTasksList()) {
      List<Attempt> attempts = one.getAttemptsList();
      if (!attempts.isEmpty()) {
        tried.add(one.getTask());
      }
    }
    return tried;
  }

  private String text(PlannerClient client, long id) {
    StringBuilder text = new StringBuilder();
    for (String one : tasks(client, id)) {
      for (Artifact artifact : client.artifacts(id, one, attempt)) {
        text.append(
            "%s%s  %12d  %s%n"
                .formatted(
                    task.isEmpty() ? one + "  " : "",
                    artifact.getSha256().substring(0, 12),
                    artifact.getBytes(),
                    artifact.getName()));
      }
    }
    return text.isEmpty() ? "nothing was left behind" : text.toString().stripTrailing();
  }

  private ObjectNode json(PlannerClient client, long id) {
    ObjectNode all = Json.object();
    ArrayNode list = all.putArray("artifacts");
    for (String one : tasks(client, id)) {
      for (Artifact artifact : client.artifacts(id, one, attempt)) {
        list.addObject()
            .put("task", one)
            .put("attempt", artifact.getAttempt())
            .put("name", artifact.getName())
            .put("sha256", artifact.getSha256())
            .put("bytes", artifact.getBytes());
      }
    }
    return all;
  }
}
