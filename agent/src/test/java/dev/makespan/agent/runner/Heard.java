package dev.makespan.agent.runner;

import dev.makespan.agent.Runner;
import dev.makespan.agent.WorkProgress;
import dev.makespan.agent.WorkReport;
import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.session.GatewaySays.Answer;
import dev.makespan.core.session.GatewaySays.Ruling;
import dev.makespan.core.session.MadeArtifact;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
  final Queue<String> kept = new ConcurrentLinkedQueue<>();
  final Said said = new Said();
  private final Ruling ruling;
  private String keepingProblem = "";

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

  /** The output of the attempt as it was told. */
  static final class Said implements Runner.Output {
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private volatile boolean finished;

    @Override
    public void take(byte[] bytes, int length) {
      text.write(bytes, 0, length);
    }

    @Override
    public void finish(Duration patience) {
      finished = true;
    }

    String text() {
      return text.toString(StandardCharsets.UTF_8);
    }

    boolean isFinished() {
      return finished;
    }
  }

  /** Nothing is kept from here on. */
  Heard keepsNothing(String why) {
    keepingProblem = why;
    return this;
  }

  @Override
  public Runner.Output output() {
    return said;
  }

  @Override
  public String keep(MadeArtifact made, Path file) throws IOException {
    kept.add(made.name() + "=" + Files.readString(file));
    return keepingProblem;
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
