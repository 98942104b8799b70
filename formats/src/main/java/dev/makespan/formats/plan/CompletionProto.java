package dev.makespan.formats.plan;

import dev.makespan.core.plan.Artifact;
import dev.makespan.core.plan.Completion;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.Gate;
import dev.makespan.proto.plan.v1.MetricGate;

/** What must be there when a task is done, as messages and back. */
final class CompletionProto {

  private CompletionProto() {}

  static dev.makespan.proto.plan.v1.Completion toProto(Completion completion) {
    var proto = dev.makespan.proto.plan.v1.Completion.newBuilder();
    completion.deliverables().forEach(path -> proto.addDeliverables(path.text()));
    completion.artifacts().forEach(artifact -> proto.addArtifacts(toProto(artifact)));
    completion.gates().forEach(gate -> proto.addGates(toProto(gate)));
    return proto.build();
  }

  static Completion fromProto(dev.makespan.proto.plan.v1.Completion proto) {
    return new Completion(
        Fields.each("deliverables", proto.getDeliverablesList(), FilePattern::new),
        Fields.each("artifacts", proto.getArtifactsList(), CompletionProto::fromProto),
        Fields.each("gates", proto.getGatesList(), CompletionProto::fromProto));
  }

  private static dev.makespan.proto.plan.v1.Artifact toProto(Artifact artifact) {
    return dev.makespan.proto.plan.v1.Artifact.newBuilder()
        .setName(artifact.name())
        .setPath(artifact.path())
        .setMaxBytes(artifact.maxBytes())
        .build();
  }

  private static Artifact fromProto(dev.makespan.proto.plan.v1.Artifact proto) {
    if (proto.getMaxBytes() < 0) {
      throw new IllegalArgumentException(
          "max_bytes: expected at least 0, was " + proto.getMaxBytes());
    }
    String path = new FilePattern(proto.getPath()).text();
    return new Artifact(Fields.notEmpty("name", proto.getName()), path, proto.getMaxBytes());
  }

  static dev.makespan.proto.plan.v1.Gate toProto(Gate gate) {
    var proto = dev.makespan.proto.plan.v1.Gate.newBuilder();
    switch (gate) {
      case Gate.Run run -> proto.setRun(run.command());
      case Gate.Metric metric -> proto.setMetric(toProto(metric));
      case Gate.Approval approval -> proto.setApproval(approval.name());
      case Gate.PresentFile file -> proto.setFile(file.path());
    }
    return proto.build();
  }

  private static MetricGate toProto(Gate.Metric metric) {
    var proto = MetricGate.newBuilder().setName(metric.name());
    if (metric.min() != null) {
      proto.setMin(metric.min());
    }
    if (metric.max() != null) {
      proto.setMax(metric.max());
    }
    return proto.build();
  }

  static Gate fromProto(dev.makespan.proto.plan.v1.Gate proto) {
    return switch (proto.getCheckCase()) {
      case RUN -> new Gate.Run(proto.getRun());
      case METRIC -> metric(proto.getMetric());
      case APPROVAL -> new Gate.Approval(proto.getApproval());
      case FILE -> new Gate.PresentFile(new FilePattern(proto.getFile()).text());
      case CHECK_NOT_SET ->
          throw new IllegalArgumentException("expected run, metric, approval or file, was unset");
    };
  }

  private static Gate.Metric metric(MetricGate proto) {
    boolean finite = Double.isFinite(proto.getMin()) && Double.isFinite(proto.getMax());
    if (!finite || !(proto.hasMin() || proto.hasMax())) {
      throw new IllegalArgumentException("metric: expected a finite min or max");
    }
    return new Gate.Metric(
        Fields.notEmpty("metric", proto.getName()),
        proto.hasMin() ? proto.getMin() : null,
        proto.hasMax() ? proto.getMax() : null);
  }
}
