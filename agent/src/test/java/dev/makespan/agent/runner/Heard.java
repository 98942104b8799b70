package dev.makespan.agent.runner;

import dev.makespan.agent.Runner;
import dev.makespan.agent.WorkProgress;
import dev.makespan.agent.WorkReport;
import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.session.GatewaySays.Answer;
import dev.makespan.core.session.GatewaySays.Ruling;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Hears the news of one attempt, and rules on the files that it asks for. */
final class Heard implements Runner.News {

  private static final long PATIENCE_SECONDS = 30;

  final CountDownLatch started = new CountDownLatch(1);
  final CompletableFuture<WorkReport> report = new CompletableFuture<>();
  final CompletableFuture<String> stopped = new CompletableFuture<>();
  final Queue<MilestoneId> milestones = new ConcurrentLinkedQueue<>();
  final Queue<WorkProgress> progress = new ConcurrentLinkedQueue<>();
  final Queue<FileAccess> asked = new ConcurrentLinkedQueue<>();
  private final Ruling ruling;

  Heard(Ruling ruling) {
    this.ruling = ruling;
  }

  Heard() {
    this(Ruling.GRANTED);
  }

  WorkReport report() {
    return report.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  String stopped() {
    return stopped.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  void awaitStart() throws InterruptedException {
    if (!started.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("not started; " + report);
    }
  }

  @Override
  public void started() {
    started.countDown();
  }

  @Override
  public void progressed(WorkProgress one) {
    progress.add(one);
  }

  @Override
  public void reached(MilestoneId milestone) {
    milestones.add(milestone);
  }

  @Override
  public CompletableFuture<Answer> blocked(String question, boolean keepsSlot) {
    throw new AssertionError("nobody asks");
  }

  @Override
  public CompletableFuture<Answer> needsFiles(List<FileAccess> files, String reason) {
    asked.addAll(files);
    return ruling == Ruling.QUEUED
        ? new CompletableFuture<>()
        : CompletableFuture.completedFuture(
            new Answer(Tasks.ref(1), "q", ruling, "task lint has it"));
  }

  @Override
  public void finished(WorkReport how) {
    report.complete(how);
  }

  @Override
  public void stopped(String how) {
    stopped.complete(how);
  }
}
