package dev.makespan.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.makespan.proto.run.v1.AttemptArtifact;
import dev.makespan.proto.run.v1.AttemptTraces;

/** What an attempt touched, made and used, for programs. */
final class TracesJson {

  private TracesJson() {}

  static void put(ObjectNode attempt, AttemptTraces traces) {
    ArrayNode files = attempt.putArray("files");
    traces.getFilesList().forEach(files::add);
    attempt.put("filesLeftOut", traces.getFilesLeftOut());
    ArrayNode artifacts = attempt.putArray("artifacts");
    for (AttemptArtifact artifact : traces.getArtifactsList()) {
      artifacts
          .addObject()
          .put("name", artifact.getName())
          .put("sha256", artifact.getSha256())
          .put("bytes", artifact.getBytes());
    }
    attempt.put("artifactsLeftOut", traces.getArtifactsLeftOut());
    attempt
        .putObject("usage")
        .put("inputTokens", traces.getInputTokens())
        .put("outputTokens", traces.getOutputTokens())
        .put("cost", traces.getCost());
  }
}
