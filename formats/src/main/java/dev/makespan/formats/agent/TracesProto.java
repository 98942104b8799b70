package dev.makespan.formats.agent;

import dev.makespan.core.session.MadeArtifact;
import dev.makespan.core.session.Usage;
import dev.makespan.proto.agent.v1.FileTouched;
import java.util.List;
import java.util.regex.Pattern;

/** What work leaves behind: files, artifacts, a commit, a bill. */
final class TracesProto {

  private static final Pattern COMMIT = Pattern.compile("([0-9a-f]{40}|[0-9a-f]{64})?");

  private TracesProto() {}

  static List<String> files(List<FileTouched> files) {
    Fields.atMost("files", files.size(), AgentLimits.MAX_FILES);
    return files.stream()
        .map(file -> Fields.text("files.path", file.getPath(), AgentLimits.MAX_PATH))
        .toList();
  }

  static List<FileTouched> filesToProto(List<String> paths) {
    return paths.stream().map(path -> FileTouched.newBuilder().setPath(path).build()).toList();
  }

  static Usage usage(dev.makespan.proto.agent.v1.Usage usage) {
    return new Usage(usage.getInputTokens(), usage.getOutputTokens(), usage.getCost());
  }

  static dev.makespan.proto.agent.v1.Usage toProto(Usage usage) {
    return dev.makespan.proto.agent.v1.Usage.newBuilder()
        .setInputTokens(usage.inputTokens())
        .setOutputTokens(usage.outputTokens())
        .setCost(usage.cost())
        .build();
  }

  static List<MadeArtifact> artifacts(List<dev.makespan.proto.agent.v1.MadeArtifact> artifacts) {
    Fields.atMost("artifacts", artifacts.size(), AgentLimits.MAX_ENTRIES);
    return artifacts.stream()
        .map(one ->
            new MadeArtifact(
                Fields.name("artifacts.name", one.getName()), one.getSha256(), one.getBytes()))
        .toList();
  }

  static dev.makespan.proto.agent.v1.MadeArtifact toProto(MadeArtifact artifact) {
    return dev.makespan.proto.agent.v1.MadeArtifact.newBuilder()
        .setName(artifact.name())
        .setSha256(artifact.sha256())
        .setBytes(artifact.bytes())
        .build();
  }

  static String commit(String commit) {
    if (!COMMIT.matcher(commit).matches()) {
      throw Fields.wrong(
          "commit", "40 or 64 digits of lower-case hex", commit.length() + " others");
    }
    return commit;
  }
}
