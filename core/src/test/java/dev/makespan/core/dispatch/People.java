package dev.makespan.core.dispatch;

import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.run.Checkpoints;
import dev.makespan.core.run.Run;
import dev.makespan.core.run.RunCommand;
import dev.makespan.core.run.RunView;
import dev.makespan.core.task.Blocker;
import dev.makespan.core.task.TaskCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** People who do what comes to their mind with a run of a {@link Rehearsal}, from a seed. */
final class People {

  private static final String NAME = "ann";

  private final Rehearsal rehearsal;
  private final SplittableRandom chance;
  private int questions;
  private int version = 1;

  People(Rehearsal rehearsal, long seed) {
    this.rehearsal = rehearsal;
    this.chance = new SplittableRandom(seed);
  }

  /** Does {@code count} things until {@code end}, and after that only what helps. */
  void meddle(int count, Duration end) {
    for (int i = 0; i < count; i++) {
      rehearsal.at(Duration.ofMillis(chance.nextLong(end.toMillis())), this::doSomething);
    }
    for (int i = 0; i < 20; i++) {
      rehearsal.at(end.plusSeconds(60L * i), this::help);
    }
  }

  private void doSomething() {
    if (rehearsal.finished()) {
      return;
    }
    Run run = rehearsal.current();
    int task = chance.nextInt(run.size());
    switch (chance.nextInt(10)) {
      case 0 -> rehearsal.change(new RunCommand.Pause("a look"));
      case 1 -> rehearsal.change(new RunCommand.Resume());
      case 2 -> onTask(run, task, new TaskCommand.Cancel("not this"));
      case 3, 4 -> onTask(run, task, new TaskCommand.Retry("again"));
      case 5 -> onTask(run, task, new TaskCommand.LeaveOut("without"));
      case 6, 7 -> ask(run, task);
      case 8 -> rehearsal.change(new RunCommand.Amend(otherwise(run), ++version));
      default -> help();
    }
  }

  private void onTask(Run run, int task, TaskCommand command) {
    rehearsal.change(new RunCommand.OnTask(run.task(task).id(), command));
  }

  /** As an agent would, whose message may have been overtaken by anything. */
  private void ask(Run run, int task) {
    long fence = run.life(task).state().liveFence();
    String id = "q" + questions++;
    onTask(run, task, new TaskCommand.RaiseBlocker(fence, id, "which?", chance.nextBoolean()));
  }

  /** A task more at the end, the last one otherwise, or one of them gone; may be refused. */
  private Plan otherwise(Run run) {
    Plan plan = run.spec().plan();
    List<Task> tasks = new ArrayList<>(plan.tasks());
    int at = chance.nextInt(tasks.size());
    Task some = tasks.get(at);
    switch (chance.nextInt(3)) {
      case 0 -> tasks.addFirst(copy(some, "more" + version));
      case 1 -> tasks.set(at, some.withNeeds(List.of()));
      default -> {
        tasks.remove(at);
        tasks.replaceAll(task -> without(task, some.id()));
      }
    }
    return tasks.isEmpty() ? plan : plan.withTasks(tasks);
  }

  private static Task without(Task task, TaskId gone) {
    return task.withNeeds(task.needs().stream().filter(need -> !need.task().equals(gone)).toList());
  }

  private static Task copy(Task of, String id) {
    return new Task(
        new TaskId(id),
        id,
        of.placement(),
        of.estimate(),
        of.needs(),
        of.stubs(),
        of.files(),
        of.uses(),
        of.milestones(),
        of.steps(),
        of.ranges(),
        of.execution(),
        of.completion(),
        of.budget());
  }

  /** Answers, approves and lets it run. */
  private void help() {
    if (rehearsal.finished()) {
      return;
    }
    rehearsal.change(new RunCommand.Resume());
    RunView view = rehearsal.current().view();
    for (RunView.TaskView task : view.tasks()) {
      for (Blocker blocker : task.blockers()) {
        if (blocker.isOpen()) {
          TaskCommand answer = new TaskCommand.AnswerBlocker(blocker.id(), "this one", NAME);
          rehearsal.change(new RunCommand.OnTask(task.id(), answer));
        }
      }
      TaskCommand approve = new TaskCommand.Approve("lead", NAME, "");
      rehearsal.change(new RunCommand.OnTask(task.id(), approve));
    }
    for (Checkpoints.Checkpoint checkpoint : view.checkpoints()) {
      rehearsal.change(
          new RunCommand.ApproveCheckpoint(checkpoint.phase(), checkpoint.gate(), NAME, ""));
    }
  }
}
