package dev.makespan.formats.run;

import dev.makespan.core.task.Traces;
import dev.makespan.proto.run.v1.AttemptArtifact;
import dev.makespan.proto.run.v1.AttemptTraces;

/** What attempts have touched, made and used, from and to proto. Nothing is an unset message. */
public final class AttemptTracesProto {

  private AttemptTracesProto() {}

  public static AttemptTraces toProto(Traces traces) {
    AttemptTraces.Builder message =
        AttemptTraces.newBuilder()
            .addAllFiles(traces.files())
            .setFilesLeftOut(traces.filesLeftOut())
            .setArtifactsLeftOut(traces.artifactsLeftOut())
            .setInputTokens(traces.usage().inputTokens())
            .setOutputTokens(traces.usage().outputTokens())
            .setCost(traces.usage().cost());
    for (Traces.Artifact artifact : traces.artifacts()) {
      message.addArtifacts(
          AttemptArtifact.newBuilder()
              .setName(artifact.name())
              .setSha256(artifact.sha256())
              .setBytes(artifact.bytes()));
    }
    return message.build();
  }

  public static Traces fromProto(AttemptTraces message) {
    if (message.equals(AttemptTraces.getDefaultInstance())) {
      return Traces.NONE;
    }
    return new Traces(
        message.getFilesList(),
        message.getFilesLeftOut(),
        message.getArtifactsList().stream()
            .map(one -> new Traces.Artifact(one.getName(), one.getSha256(), one.getBytes()))
            .toList(),
        message.getArtifactsLeftOut(),
        new Traces.Usage(message.getInputTokens(), message.getOutputTokens(), message.getCost()));
  }
}
