package dev.makespan.agent;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.GatewaySays.Answer;
import dev.makespan.core.session.MadeArtifact;
import dev.makespan.core.task.TaskRef;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One attempt's news, in the words of the stream. */
final class AttemptNews implements Runner.News {

  private final TaskRef task;
  private final Agent agent;
  private final AttemptRecords records;

  AttemptNews(TaskRef task, Agent agent, AttemptRecords records) {
    this.task = task;
    this.agent = agent;
    this.records = records;
  }

  @Override
  public Runner.Output output() {
    return records.output();
  }

  @Override
  public String keep(MadeArtifact made, Path file) throws IOException, InterruptedException {
    return records.keep(made, file);
  }

  @Override
  public void started() {
    agent.tell(session -> session.started(task));
  }

  @Override
  public void progressed(WorkProgress progress) {
    AgentSays.Progress said =
        new AgentSays.Progress(
            task,
            progress.percent(),
            progress.note(),
            progress.checkpoint(),
            progress.usage(),
            progress.files());
    agent.tell(session -> session.progressed(said));
  }

  @Override
  public CompletableFuture<Answer> blocked(String question, boolean keepsSlot) {
    return agent.ask(
        task,
        (session, id) ->
            session.blocked(new AgentSays.RaiseBlocker(task, id, question, keepsSlot)));
  }

  @Override
  public CompletableFuture<Answer> needsFiles(List<FileAccess> files, String reason) {
    return agent.ask(
        task,
        (session, id) -> session.requested(new AgentSays.RequestFiles(task, id, files, reason)));
  }

  @Override
  public void reached(MilestoneId milestone) {
    agent.tell(session -> session.reached(task, milestone));
  }

  @Override
  public void finished(WorkReport report) {
    AgentSays.Result result =
        new AgentSays.Result(
            task,
            "result-" + task.fence(),
            report.outcome(),
            report.message(),
            report.metrics(),
            report.gates(),
            report.files(),
            report.commit(),
            report.artifacts(),
            report.usage(),
            report.outputs(),
            report.batch());
    agent.over(task, (session, now) -> session.finished(result, now));
  }

  @Override
  public void stopped(String how) {
    agent.over(task, (session, now) -> session.stopped(task, how));
  }
}
