package dev.makespan.core.plan;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One piece of work.
 *
 * @param uses resource → units held while it runs
 * @param ranges names of the number ranges it takes numbers from
 */
public record Task(
    TaskId id,
    String title,
    Placement placement,
    Estimate estimate,
    List<Need> needs,
    List<Stub> stubs,
    List<FileAccess> files,
    Map<String, Integer> uses,
    List<Milestone> milestones,
    List<Step> steps,
    List<String> ranges,
    Execution execution,
    Completion completion,
    Budget budget) {

  public Task {
    needs = List.copyOf(needs);
    stubs = List.copyOf(stubs);
    files = List.copyOf(files);
    uses = Ordered.copyOf(uses);
    milestones = List.copyOf(milestones);
    steps = List.copyOf(steps);
    ranges = List.copyOf(ranges);
  }

  public Role role() {
    return placement.role();
  }

  /** The likely duration: what schedules are made with. */
  public Duration duration() {
    return estimate.likely();
  }

  /**
   * Whether it waits for a milestone of {@code other}: what it reads of that task's files is there
   * by then, so the two may share them.
   */
  public boolean waitsForMilestoneOf(TaskId other) {
    for (Need need : needs) {
      if (need.milestone() != null && need.task().equals(other)) {
        return true;
      }
    }
    return false;
  }

  /** The milestone of this name; a checked plan's needs name no other. */
  public Milestone milestone(MilestoneId id) {
    return milestones.stream()
        .filter(m -> m.id().equals(id))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("task " + this.id + " has no milestone " + id));
  }

  public Task withPlacement(Placement placement) {
    return new Task(
        id,
        title,
        placement,
        estimate,
        needs,
        stubs,
        files,
        uses,
        milestones,
        steps,
        ranges,
        execution,
        completion,
        budget);
  }

  public Task withEstimate(Estimate estimate) {
    return new Task(
        id,
        title,
        placement,
        estimate,
        needs,
        stubs,
        files,
        uses,
        milestones,
        steps,
        ranges,
        execution,
        completion,
        budget);
  }

  public Task withNeeds(List<Need> needs) {
    return new Task(
        id,
        title,
        placement,
        estimate,
        needs,
        stubs,
        files,
        uses,
        milestones,
        steps,
        ranges,
        execution,
        completion,
        budget);
  }

  public Task withStubs(List<Stub> stubs) {
    return new Task(
        id,
        title,
        placement,
        estimate,
        needs,
        stubs,
        files,
        uses,
        milestones,
        steps,
        ranges,
        execution,
        completion,
        budget);
  }

  public Task withFiles(List<FileAccess> files) {
    return new Task(
        id,
        title,
        placement,
        estimate,
        needs,
        stubs,
        files,
        uses,
        milestones,
        steps,
        ranges,
        execution,
        completion,
        budget);
  }

  public Task withMilestones(List<Milestone> milestones) {
    return new Task(
        id,
        title,
        placement,
        estimate,
        needs,
        stubs,
        files,
        uses,
        milestones,
        steps,
        ranges,
        execution,
        completion,
        budget);
  }

  public Task withSteps(List<Step> steps) {
    return new Task(
        id,
        title,
        placement,
        estimate,
        needs,
        stubs,
        files,
        uses,
        milestones,
        steps,
        ranges,
        execution,
        completion,
        budget);
  }

  public Task withRanges(List<String> ranges) {
    return new Task(
        id,
        title,
        placement,
        estimate,
        needs,
        stubs,
        files,
        uses,
        milestones,
        steps,
        ranges,
        execution,
        completion,
        budget);
  }
}
