package dev.makespan.formats.agent;

import dev.makespan.core.plan.Artifact;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.session.BatchSpec;
import dev.makespan.core.session.TaskSurroundings;
import dev.makespan.proto.agent.v1.AttemptWorkspace;
import dev.makespan.proto.agent.v1.ExpectedArtifact;
import dev.makespan.proto.agent.v1.TaskSpec;
import java.util.List;

/** Where an attempt works, what it is given, and what it must leave. */
final class SurroundingsProto {

  private SurroundingsProto() {}

  static TaskSurroundings read(TaskSpec spec) {
    return new TaskSurroundings(
        spec.hasWorkspace() ? workspace(spec.getWorkspace()) : null,
        spec.getContextList(),
        spec.getSecretsList(),
        spec.getPublishesList(),
        patterns(spec.getDeliverablesList()),
        spec.getArtifactsList().stream()
            .map(one -> new Artifact(one.getName(), one.getPath(), one.getMaxBytes()))
            .toList(),
        spec.hasBatch() ? BatchProto.read(spec.getBatch()) : null);
  }

  private static dev.makespan.core.session.AttemptWorkspace workspace(AttemptWorkspace from) {
    return new dev.makespan.core.session.AttemptWorkspace(
        from.getRepository(),
        from.getBase(),
        from.getBranch(),
        patterns(from.getAppendsList()),
        patterns(from.getRegeneratesList()));
  }

  private static List<FilePattern> patterns(List<String> texts) {
    return texts.stream().map(FilePattern::new).toList();
  }

  static void write(TaskSurroundings surroundings, TaskSpec.Builder to) {
    if (surroundings.workspace() != null) {
      to.setWorkspace(toProto(surroundings.workspace()));
    }
    to.addAllContext(surroundings.context())
        .addAllSecrets(surroundings.secrets())
        .addAllPublishes(surroundings.publishes())
        .addAllDeliverables(texts(surroundings.deliverables()))
        .addAllArtifacts(
            surroundings.artifacts().stream().map(SurroundingsProto::toProto).toList());
    BatchSpec batch = surroundings.batch();
    if (batch != null) {
      to.setBatch(BatchProto.toProto(batch));
    }
  }

  private static AttemptWorkspace toProto(dev.makespan.core.session.AttemptWorkspace workspace) {
    return AttemptWorkspace.newBuilder()
        .setRepository(workspace.repository())
        .setBase(workspace.base())
        .setBranch(workspace.branch())
        .addAllAppends(texts(workspace.appends()))
        .addAllRegenerates(texts(workspace.regenerates()))
        .build();
  }

  private static ExpectedArtifact toProto(Artifact artifact) {
    return ExpectedArtifact.newBuilder()
        .setName(artifact.name())
        .setPath(artifact.path())
        .setMaxBytes(artifact.maxBytes())
        .build();
  }

  private static List<String> texts(List<FilePattern> patterns) {
    return patterns.stream().map(FilePattern::text).toList();
  }
}
