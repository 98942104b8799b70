package dev.makespan.formats.agent;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.Gate;
import dev.makespan.core.plan.Milestone;
import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.Work;
import dev.makespan.proto.agent.v1.AssignedRange;
import dev.makespan.proto.agent.v1.CommandLine;
import dev.makespan.proto.agent.v1.ExpectedMetric;
import dev.makespan.proto.agent.v1.ExpectedMilestone;
import dev.makespan.proto.agent.v1.TaskSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What an agent is told to do. Its sizes were limited when its plan was checked. */
final class TaskSpecProto {

  private TaskSpecProto() {}

  static dev.makespan.core.session.TaskSpec read(TaskSpec spec) {
    return new dev.makespan.core.session.TaskSpec(
        spec.getTitle(),
        new Role(spec.getRole()),
        Fields.duration("duration", spec.getDuration()),
        speed(spec.getSpeed()),
        spec.getSimulated(),
        work(spec),
        sorted(spec.getEnvMap()),
        files(spec),
        spec.getMilestonesList().stream().map(TaskSpecProto::milestone).toList(),
        spec.getMetricsList().stream().map(TaskSpecProto::metric).toList(),
        spec.getGatesList(),
        spec.getRangesList().stream().map(TaskSpecProto::range).toList(),
        spec.getPreviousFailure(),
        SurroundingsProto.read(spec));
  }

  private static double speed(double speed) {
    if (!(speed > 0) || Double.isInfinite(speed)) {
      throw Fields.wrong("speed", "a number above 0", speed);
    }
    return speed;
  }

  private static Work work(TaskSpec spec) {
    return switch (spec.getWorkCase()) {
      case COMMAND -> new Work.Command(spec.getCommand().getArgvList());
      case SCRIPT -> new Work.Script(spec.getScript());
      case PROMPT -> new Work.Prompt(spec.getPrompt());
      case WORK_NOT_SET -> new Work.AgentsDefault();
    };
  }

  private static Map<String, String> sorted(Map<String, String> env) {
    return new LinkedHashMap<>(new TreeMap<>(env));
  }

  private static List<FileAccess> files(TaskSpec spec) {
    List<FileAccess> files = new ArrayList<>();
    add(files, FileMode.READ, spec.getReadsList());
    add(files, FileMode.WRITE, spec.getWritesList());
    add(files, FileMode.APPEND, spec.getAppendsList());
    add(files, FileMode.REGENERATE, spec.getRegeneratesList());
    return files;
  }

  private static void add(List<FileAccess> files, FileMode mode, List<String> paths) {
    for (String path : paths) {
      files.add(new FileAccess(new FilePattern(path), mode));
    }
  }

  /** Titles do not travel: the name stands in. */
  private static Milestone milestone(ExpectedMilestone milestone) {
    return new Milestone(
        new MilestoneId(milestone.getMilestone()),
        milestone.getMilestone(),
        Fields.duration("milestones.after", milestone.getAfter()));
  }

  private static Gate.Metric metric(ExpectedMetric metric) {
    return new Gate.Metric(
        metric.getName(),
        metric.hasMin() ? metric.getMin() : null,
        metric.hasMax() ? metric.getMax() : null);
  }

  private static dev.makespan.core.session.TaskSpec.AssignedRange range(AssignedRange range) {
    return new dev.makespan.core.session.TaskSpec.AssignedRange(
        range.getName(), range.getFirst(), range.getLast());
  }

  static TaskSpec toProto(dev.makespan.core.session.TaskSpec spec) {
    TaskSpec.Builder to =
        TaskSpec.newBuilder()
            .setTitle(spec.title())
            .setRole(spec.role().value())
            .setDuration(Fields.toProto(spec.duration()))
            .setSpeed(spec.speed())
            .setSimulated(spec.simulated())
            .putAllEnv(spec.env())
            .addAllMilestones(spec.milestones().stream().map(TaskSpecProto::toProto).toList())
            .addAllMetrics(spec.metrics().stream().map(TaskSpecProto::toProto).toList())
            .addAllGates(spec.gates())
            .addAllRanges(spec.ranges().stream().map(TaskSpecProto::toProto).toList())
            .setPreviousFailure(spec.previousFailure());
    addWork(to, spec.work());
    spec.files().forEach(file -> addFile(to, file));
    SurroundingsProto.write(spec.surroundings(), to);
    return to.build();
  }

  private static void addWork(TaskSpec.Builder to, Work work) {
    switch (work) {
      case Work.Command command ->
          to.setCommand(CommandLine.newBuilder().addAllArgv(command.argv()));
      case Work.Script script -> to.setScript(script.text());
      case Work.Prompt prompt -> to.setPrompt(prompt.text());
      case Work.AgentsDefault() -> to.clearWork();
    }
  }

  private static void addFile(TaskSpec.Builder to, FileAccess file) {
    String path = file.path().text();
    switch (file.mode()) {
      case READ -> to.addReads(path);
      case WRITE -> to.addWrites(path);
      case APPEND -> to.addAppends(path);
      case REGENERATE -> to.addRegenerates(path);
    }
  }

  private static ExpectedMilestone toProto(Milestone milestone) {
    return ExpectedMilestone.newBuilder()
        .setMilestone(milestone.id().value())
        .setAfter(Fields.toProto(milestone.after()))
        .build();
  }

  private static ExpectedMetric toProto(Gate.Metric metric) {
    ExpectedMetric.Builder to = ExpectedMetric.newBuilder().setName(metric.name());
    if (metric.min() != null) {
      to.setMin(metric.min());
    }
    if (metric.max() != null) {
      to.setMax(metric.max());
    }
    return to.build();
  }

  private static AssignedRange toProto(dev.makespan.core.session.TaskSpec.AssignedRange range) {
    return AssignedRange.newBuilder()
        .setName(range.name())
        .setFirst(range.first())
        .setLast(range.last())
        .build();
  }
}
