package dev.makespan.formats.plan;

import dev.makespan.core.plan.Budget;
import dev.makespan.core.plan.Coordination;
import dev.makespan.core.plan.Dispatching;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.FilePolicy;
import dev.makespan.core.plan.NumberRange;
import dev.makespan.core.plan.Parameter;
import dev.makespan.core.plan.Phase;
import dev.makespan.core.plan.PhaseId;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.PlanCheck;
import dev.makespan.core.plan.Risk;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.plan.Workspace;
import dev.makespan.proto.plan.v1.Digest;
import dev.makespan.proto.plan.v1.DispatchPolicy;
import dev.makespan.proto.plan.v1.Escalation;
import dev.makespan.proto.plan.v1.FilePolicyKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Checked plans as messages and back; {@code fromProto(toProto(plan))} equals {@code plan}.
 *
 * <p>A message that is no plan is answered by {@link IllegalArgumentException} with the field, what
 * was expected and what was there.
 */
public final class PlanProto {

  private PlanProto() {}

  public static dev.makespan.proto.plan.v1.Plan toProto(Plan plan) {
    var proto = frame(plan);
    plan.tasks().forEach(task -> proto.addTasks(TaskProto.toProto(task)));
    return proto.build();
  }

  /** All but the tasks. */
  static dev.makespan.proto.plan.v1.Plan.Builder frame(Plan plan) {
    var proto =
        dev.makespan.proto.plan.v1.Plan.newBuilder()
            .setName(plan.name())
            .setTitle(plan.title())
            .setDay(Durations.toProto(plan.day()))
            .putAllResources(plan.resources())
            .setIntakeLimit(plan.intakeLimit())
            .setBudget(toProto(plan.budget()))
            .setCoordination(toProto(plan.coordination()))
            .setDispatchPolicy(toProto(plan.dispatching().policy()))
            .setAffinityLabel(plan.dispatching().affinity());
    plan.parameters().forEach(parameter -> proto.addParameters(toProto(parameter)));
    plan.pools().forEach((role, slots) -> proto.putPools(role.value(), slots));
    plan.ranges().forEach(range -> proto.addRanges(toProto(range)));
    plan.files().forEach(policy -> proto.addFiles(toProto(policy)));
    plan.phases().forEach(phase -> proto.addPhases(toProto(phase)));
    plan.risks().forEach(risk -> proto.addRisks(toProto(risk)));
    if (plan.workspace() != null) {
      proto.setWorkspace(toProto(plan.workspace()));
    }
    return proto;
  }

  public static Plan fromProto(dev.makespan.proto.plan.v1.Plan proto) {
    return new PlanAssembly().add(proto).plan();
  }

  /** A plan of these tasks; {@code proto} says all but them. */
  static Plan fromProto(dev.makespan.proto.plan.v1.Plan proto, List<Task> tasks) {
    Map<Role, Integer> pools = new LinkedHashMap<>();
    proto
        .getPoolsMap()
        .forEach((role, slots) -> pools.put(new Role(role), Fields.notNegative("pools", slots)));
    Plan plan =
        new Plan(
            proto.getName(),
            proto.getTitle(),
            Fields.at("day", () -> Durations.positive(proto.hasDay(), proto.getDay())),
            Fields.each("parameters", proto.getParametersList(), PlanProto::fromProto),
            pools,
            resources(proto),
            Fields.each("ranges", proto.getRangesList(), PlanProto::fromProto),
            Fields.each("files", proto.getFilesList(), PlanProto::fromProto),
            Fields.each("phases", proto.getPhasesList(), PlanProto::fromProto),
            tasks,
            Fields.each("risks", proto.getRisksList(), PlanProto::fromProto),
            proto.hasWorkspace() ? fromProto(proto.getWorkspace()) : null,
            Fields.notNegative("intake_limit", proto.getIntakeLimit()),
            fromProto(proto.getBudget()),
            Fields.at("coordination", () -> fromProto(proto.getCoordination())),
            new Dispatching(
                Fields.at("dispatch_policy", () -> fromProto(proto.getDispatchPolicy())),
                proto.getAffinityLabel()));
    PlanReferences.require(plan);
    List<String> cycles = PlanCheck.cyclesOf(plan);
    if (!cycles.isEmpty()) {
      throw new IllegalArgumentException("tasks: expected no cycle, was " + cycles.getFirst());
    }
    return plan;
  }

  private static DispatchPolicy toProto(Dispatching.Policy policy) {
    return switch (policy) {
      case SLACK -> DispatchPolicy.DISPATCH_POLICY_SLACK;
      case SHORTEST_FIRST -> DispatchPolicy.DISPATCH_POLICY_SHORTEST_FIRST;
      case FIRST_COME -> DispatchPolicy.DISPATCH_POLICY_FIRST_COME;
    };
  }

  private static Dispatching.Policy fromProto(DispatchPolicy proto) {
    return switch (proto) {
      case DISPATCH_POLICY_UNSPECIFIED, DISPATCH_POLICY_SLACK -> Dispatching.Policy.SLACK;
      case DISPATCH_POLICY_SHORTEST_FIRST -> Dispatching.Policy.SHORTEST_FIRST;
      case DISPATCH_POLICY_FIRST_COME -> Dispatching.Policy.FIRST_COME;
      case UNRECOGNIZED -> throw new IllegalArgumentException("expected a known policy");
    };
  }

  private static Map<String, Integer> resources(dev.makespan.proto.plan.v1.Plan proto) {
    proto.getResourcesMap().values().forEach(units -> Fields.notNegative("resources", units));
    return proto.getResourcesMap();
  }

  private static dev.makespan.proto.plan.v1.Parameter toProto(Parameter parameter) {
    var proto =
        dev.makespan.proto.plan.v1.Parameter.newBuilder()
            .setName(parameter.name())
            .setTitle(parameter.title())
            .setRequired(parameter.required());
    if (parameter.defaultValue() != null) {
      proto.setDefaultValue(parameter.defaultValue());
    }
    return proto.build();
  }

  private static Parameter fromProto(dev.makespan.proto.plan.v1.Parameter proto) {
    return new Parameter(
        Fields.notEmpty("name", proto.getName()),
        proto.getTitle(),
        proto.getRequired(),
        proto.hasDefaultValue() ? proto.getDefaultValue() : null);
  }

  static dev.makespan.proto.plan.v1.NumberRange toProto(NumberRange range) {
    return dev.makespan.proto.plan.v1.NumberRange.newBuilder()
        .setName(range.name())
        .setFirst(range.first())
        .setStride(range.stride())
        .setSize(range.size())
        .build();
  }

  static NumberRange fromProto(dev.makespan.proto.plan.v1.NumberRange proto) {
    if (proto.getSize() < 1 || proto.getStride() < proto.getSize() || proto.getFirst() < 0) {
      throw new IllegalArgumentException(
          "expected first >= 0 and 1 <= size <= stride, was %d, %d, %d"
              .formatted(proto.getFirst(), proto.getSize(), proto.getStride()));
    }
    return new NumberRange(
        Fields.notEmpty("name", proto.getName()),
        proto.getFirst(),
        proto.getStride(),
        proto.getSize());
  }

  static dev.makespan.proto.plan.v1.FilePolicy toProto(FilePolicy policy) {
    var proto =
        dev.makespan.proto.plan.v1.FilePolicy.newBuilder()
            .setPath(policy.path().text())
            .setKind(
                switch (policy.kind()) {
                  case LOCK -> FilePolicyKind.FILE_POLICY_KIND_LOCK;
                  case OWNER -> FilePolicyKind.FILE_POLICY_KIND_OWNER;
                  case APPEND -> FilePolicyKind.FILE_POLICY_KIND_APPEND;
                  case REGENERATE -> FilePolicyKind.FILE_POLICY_KIND_REGENERATE;
                });
    if (policy.owner() != null) {
      proto.setOwner(policy.owner().value());
    }
    return proto.build();
  }

  static FilePolicy fromProto(dev.makespan.proto.plan.v1.FilePolicy proto) {
    FilePolicy.Kind kind =
        switch (proto.getKind()) {
          case FILE_POLICY_KIND_UNSPECIFIED, FILE_POLICY_KIND_LOCK -> FilePolicy.Kind.LOCK;
          case FILE_POLICY_KIND_OWNER -> FilePolicy.Kind.OWNER;
          case FILE_POLICY_KIND_APPEND -> FilePolicy.Kind.APPEND;
          case FILE_POLICY_KIND_REGENERATE -> FilePolicy.Kind.REGENERATE;
          case UNRECOGNIZED -> throw Fields.unknownEnum("kind", proto.getKindValue());
        };
    TaskId owner = proto.getOwner().isEmpty() ? null : new TaskId(proto.getOwner());
    return new FilePolicy(new FilePattern(proto.getPath()), kind, owner);
  }

  private static dev.makespan.proto.plan.v1.Phase toProto(Phase phase) {
    return dev.makespan.proto.plan.v1.Phase.newBuilder()
        .setId(phase.id().value())
        .setTitle(phase.title())
        .setBarrier(phase.barrier())
        .addAllCheckpoint(phase.checkpoint().stream().map(CompletionProto::toProto).toList())
        .build();
  }

  private static Phase fromProto(dev.makespan.proto.plan.v1.Phase proto) {
    return new Phase(
        new PhaseId(proto.getId()),
        proto.getTitle(),
        proto.getBarrier(),
        Fields.each("checkpoint", proto.getCheckpointList(), CompletionProto::fromProto));
  }

  private static dev.makespan.proto.plan.v1.Risk toProto(Risk risk) {
    return dev.makespan.proto.plan.v1.Risk.newBuilder()
        .setId(risk.id())
        .setTitle(risk.title())
        .setLikelihood(TaskProto.toProto(risk.likelihood()))
        .setImpact(TaskProto.toProto(risk.impact()))
        .addAllTasks(risk.tasks().stream().map(TaskId::value).toList())
        .setMitigation(Fields.orEmpty(risk.mitigation()))
        .setFallback(Fields.orEmpty(risk.fallback()))
        .build();
  }

  private static Risk fromProto(dev.makespan.proto.plan.v1.Risk proto) {
    return new Risk(
        Fields.notEmpty("id", proto.getId()),
        proto.getTitle(),
        TaskProto.level("likelihood", proto.getLikelihood(), proto.getLikelihoodValue()),
        TaskProto.level("impact", proto.getImpact(), proto.getImpactValue()),
        Fields.each("tasks", proto.getTasksList(), TaskId::new),
        Fields.orNull(proto.getMitigation()),
        Fields.orNull(proto.getFallback()));
  }

  private static dev.makespan.proto.plan.v1.Workspace toProto(Workspace workspace) {
    return dev.makespan.proto.plan.v1.Workspace.newBuilder()
        .setRepository(workspace.repository())
        .setBase(workspace.base())
        .setBranch(Fields.orEmpty(workspace.branch()))
        .setVerify(Fields.orEmpty(workspace.verify()))
        .setRegenerate(Fields.orEmpty(workspace.regenerate()))
        .build();
  }

  private static Workspace fromProto(dev.makespan.proto.plan.v1.Workspace proto) {
    return new Workspace(
        proto.getRepository(),
        proto.getBase(),
        Fields.orNull(proto.getBranch()),
        Fields.orNull(proto.getVerify()),
        Fields.orNull(proto.getRegenerate()));
  }

  /** Limits. */
  public static dev.makespan.proto.plan.v1.Budget toProto(Budget budget) {
    return dev.makespan.proto.plan.v1.Budget.newBuilder()
        .setTokens(budget.tokens())
        .setCost(budget.cost())
        .setAgentHours(budget.agentHours())
        .build();
  }

  /**
   * Limits.
   *
   * @throws IllegalArgumentException of what is no limit
   */
  public static Budget fromProto(dev.makespan.proto.plan.v1.Budget proto) {
    boolean right =
        proto.getTokens() >= 0
            && Double.isFinite(proto.getCost())
            && proto.getCost() >= 0
            && Double.isFinite(proto.getAgentHours())
            && proto.getAgentHours() >= 0;
    if (!right) {
      throw new IllegalArgumentException(
          "budget: expected finite numbers from 0, was %d, %s, %s"
              .formatted(proto.getTokens(), proto.getCost(), proto.getAgentHours()));
    }
    return new Budget(proto.getTokens(), proto.getCost(), proto.getAgentHours());
  }

  private static dev.makespan.proto.plan.v1.Coordination toProto(Coordination coordination) {
    var proto = dev.makespan.proto.plan.v1.Coordination.newBuilder();
    coordination
        .digests()
        .forEach(d -> proto.addDigests(Digest.newBuilder().setName(d.name()).setAt(d.at())));
    coordination
        .escalation()
        .forEach(e ->
            proto.addEscalation(
                Escalation.newBuilder()
                    .setAfter(Durations.toProto(e.after()))
                    .setNotify(e.notified())));
    coordination
        .targets()
        .forEach((name, duration) -> proto.putTargets(name, Durations.toProto(duration)));
    return proto.build();
  }

  private static Coordination fromProto(dev.makespan.proto.plan.v1.Coordination proto) {
    Map<String, java.time.Duration> targets = new LinkedHashMap<>();
    proto
        .getTargetsMap()
        .forEach((name, duration) -> targets.put(name, Durations.fromProto(true, duration)));
    return new Coordination(
        Fields.each(
            "digests",
            proto.getDigestsList(),
            d -> new Coordination.Digest(d.getName(), d.getAt())),
        Fields.each(
            "escalation",
            proto.getEscalationList(),
            e ->
                new Coordination.Escalation(
                    Durations.fromProto(e.hasAfter(), e.getAfter()), e.getNotify())),
        targets);
  }
}
