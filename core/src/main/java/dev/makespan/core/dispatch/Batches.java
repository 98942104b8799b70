package dev.makespan.core.dispatch;

import dev.makespan.core.merge.BatchMember;
import dev.makespan.core.merge.Integration;
import dev.makespan.core.merge.MergeQueue;
import dev.makespan.core.plan.Workspace;
import dev.makespan.core.run.IntegrationBranch;
import dev.makespan.core.run.Run;
import dev.makespan.core.run.WiringPoint;
import dev.makespan.core.session.AcceptedWork;
import dev.makespan.core.session.AttemptWorkspace;
import dev.makespan.core.session.BatchSpec;
import dev.makespan.core.session.BranchPattern;
import dev.makespan.core.session.TaskSurroundings;
import dev.makespan.core.task.TaskLife;
import dev.makespan.core.task.TaskRef;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down for an integrator what it merges, and for others where what has landed is found. */
final class Batches {

  private Batches() {}

  static TaskSurroundings surroundings(Run run, TaskRef ref) {
    MergeQueue merges = run.merges();
    Workspace workspace = workspaceOf(run);
    List<BatchSpec.Member> members = new ArrayList<>();
    for (BatchMember member : merges.batch()) {
      members.add(member(run, workspace, member));
    }
    BatchSpec batch =
        new BatchSpec(
            members,
            merges.head(),
            IntegrationBranch.of(run.spec().id()),
            !merges.isPublished(),
            run.nextWirings().stream().map(Batches::wiring).toList(),
            orNothing(workspace.regenerate()),
            orNothing(workspace.verify()));
    return new TaskSurroundings(
        Deliveries.workspace(run, ref),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        batch);
  }

  private static BatchSpec.Wiring wiring(WiringPoint point) {
    return new BatchSpec.Wiring(
        point.producer(), point.consumer(), point.stub().via(), orNothing(point.stub().wire()));
  }

  private static String orNothing(@Nullable String command) {
    return command == null ? "" : command;
  }

  private static BatchSpec.Member member(Run run, Workspace workspace, BatchMember member) {
    int task = run.indexOf(member.task());
    TaskLife life = run.life(task);
    TaskRef ref = new TaskRef(run.spec().id(), member.task(), member.fence());
    return new BatchSpec.Member(
        member,
        run.task(task).title(),
        BranchPattern.branch(workspace, ref),
        life.attempts().getLast().delivery().commit());
  }

  private static Workspace workspaceOf(Run run) {
    Workspace workspace = run.spec().plan().workspace();
    if (workspace == null) {
      throw new IllegalStateException("run " + run.spec().id() + " has no workspace");
    }
    return workspace;
  }

  /** Where the head is found; empty: nothing has landed. */
  static List<AcceptedWork> head(Run run) {
    MergeQueue merges = run.merges();
    if (merges.head().isEmpty()) {
      return List.of();
    }
    return List.of(new AcceptedWork(Integration.TASK, headBranch(run), merges.head()));
  }

  private static String headBranch(Run run) {
    TaskRef ref = new TaskRef(run.spec().id(), Integration.TASK, run.merges().headFence());
    return BranchPattern.branch(workspaceOf(run), ref);
  }

  /** All that has landed goes first; most of {@code accepted} is in it by then. */
  static List<AcceptedWork> withHead(Run run, List<AcceptedWork> accepted) {
    if (!run.spec().integrates()) {
      return accepted;
    }
    List<AcceptedWork> all = new ArrayList<>(head(run));
    all.addAll(accepted);
    return all;
  }

  /**
   * What work starts from: the branch of what has landed, which never moves, so that a base that
   * moves meanwhile is no matter; the plan's base until something has.
   */
  static AttemptWorkspace upon(Run run, AttemptWorkspace workspace) {
    if (run.merges().head().isEmpty()) {
      return workspace;
    }
    return new AttemptWorkspace(
        workspace.repository(),
        headBranch(run),
        workspace.branch(),
        workspace.appends(),
        workspace.regenerates());
  }
}
