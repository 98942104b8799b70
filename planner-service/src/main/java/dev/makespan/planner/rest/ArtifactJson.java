package dev.makespan.planner.rest;

import dev.makespan.planner.ArtifactFact;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A file that an attempt has left behind. */
@Schema(name = "Artifact")
public record ArtifactJson(int attempt, String name, String sha256, long bytes) {

  /** All of an attempt. */
  @Schema(name = "Artifacts")
  public record Listed(List<ArtifactJson> artifacts) {

    static Listed of(List<ArtifactFact> all) {
      return new Listed(all.stream().map(ArtifactJson::of).toList());
    }
  }

  static ArtifactJson of(ArtifactFact one) {
    return new ArtifactJson(one.attempt(), one.name(), one.sha256(), one.bytes());
  }
}
