package dev.makespan.core.finding;

import dev.makespan.core.change.PlanChange;
import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePolicy;
import dev.makespan.core.plan.Level;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.PlanPart;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import java.util.ArrayList;
import java.util.List;

/** OWNERSHIP: a task writes a file whose policy names another owner. */
final class Ownerships implements Finder {

  /** Most findings. */
  static final int MAX_FOUND = 200;

  @Override
  public List<Finding> find(Scope scope) {
    Pricer pricer = new Pricer(scope);
    List<Finding> findings = new ArrayList<>();
    for (FilePolicy policy : scope.plan().files()) {
      TaskId owner = policy.owner();
      if (owner == null) {
        continue;
      }
      for (Task task : scope.plan().tasks()) {
        for (FileAccess access : task.files()) {
          boolean breach =
              !task.id().equals(owner)
                  && access.mode() == FileMode.WRITE
                  && access.path().overlaps(policy.path());
          if (breach && findings.size() < MAX_FOUND) {
            findings.add(finding(pricer, policy, owner, task, access));
          }
        }
      }
    }
    return findings;
  }

  private static Finding finding(
      Pricer pricer, FilePolicy policy, TaskId owner, Task task, FileAccess access) {
    return new Finding(
        "ownership:" + task.id() + ":" + access.path().text(),
        FindingKind.OWNERSHIP,
        Level.HIGH,
        Confidence.CERTAIN,
        "%s writes %s, which only %s may write.".formatted(task.id(), access.path().text(), owner),
        List.of(task.id(), owner),
        List.of(
            new Evidence(
                new PlanPart.OfFile(task.id(), access),
                task.id() + " writes " + access.path().text()),
            new Evidence(
                new PlanPart.OfPolicy(policy.path()),
                owner + " is named as the owner of " + policy.path().text())),
        List.of(proposals(pricer, policy, owner, task, access), shared(pricer, policy)));
  }

  private static Remedy proposals(
      Pricer pricer, FilePolicy policy, TaskId owner, Task task, FileAccess access) {
    FileAccess proposal =
        new FileAccess(FilePaths.proposalOf(policy.path(), task.id()), FileMode.WRITE);
    List<PlanChange> changes = new ArrayList<>();
    changes.add(new PlanChange.ReplaceAccess(task.id(), access, proposal));
    changes.add(new PlanChange.AddNeed(owner, Need.of(task.id())));
    return pricer.remedy(
        "propose",
        "Let %s leave its proposal to %s.".formatted(task.id(), owner),
        Level.LOW,
        Level.LOW,
        "Working the proposal in takes %s no longer.".formatted(owner),
        changes);
  }

  private static Remedy shared(Pricer pricer, FilePolicy policy) {
    return pricer.remedy(
        "share",
        "Let every task write it, in turns.",
        Level.LOW,
        Level.MEDIUM,
        "",
        List.of(
            new PlanChange.SetPolicy(new FilePolicy(policy.path(), FilePolicy.Kind.LOCK, null))));
  }
}
