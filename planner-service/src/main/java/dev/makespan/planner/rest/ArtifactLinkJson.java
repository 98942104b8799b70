package dev.makespan.planner.rest;

import dev.makespan.planner.ArtifactLink;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Where an artifact may be read without the suite; a secret while it is good. */
@Schema(name = "ArtifactLink")
public record ArtifactLinkJson(ArtifactJson artifact, String url, Instant expireTime) {

  static ArtifactLinkJson of(ArtifactLink link) {
    return new ArtifactLinkJson(ArtifactJson.of(link.artifact()), link.url(), link.until());
  }
}
