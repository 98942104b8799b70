package dev.makespan.examples.upload;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.makespan.agent.runner.Assignment;
import dev.makespan.agent.runner.Done;
import dev.makespan.agent.runner.Worker;
import dev.makespan.agent.workspace.AttemptProblem;
import dev.makespan.core.plan.Artifact;
import dev.makespan.core.plan.TaskId;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/** Does what the plan {@code image-upload} leaves to its agents: the variants, and the post. */
final class UploadWorker implements Worker {

  private static final String PUBLISH = "publish";
  private static final String ADDRESS = "address";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PictureStore store;

  UploadWorker(PictureStore store) {
    this.store = store;
  }

  @Override
  public Done work(Assignment assignment) throws AttemptProblem, IOException {
    AnnouncedPicture picture =
        AnnouncedPicture.of(assignment.variable("SOURCE"), assignment.variable("SHA256"));
    Optional<Variant> variant = Variant.find(assignment.id().value());
    if (variant.isPresent()) {
      return made(variant.get(), picture, assignment);
    }
    if (assignment.id().value().equals(PUBLISH)) {
      return published(picture, assignment);
    }
    throw AttemptProblem.forGood(
        "expected thumbnail, medium, original or publish, was task " + assignment.id());
  }

  private Done made(Variant variant, AnnouncedPicture picture, Assignment assignment)
      throws AttemptProblem, IOException {
    byte[] uploaded = picture.bytes();
    try {
      JpegEncoder.Encoded made =
          JpegEncoder.encode(
              Scaling.into(variant.side(), PictureDecoder.decode(uploaded, variant.side())),
              variant.quality(),
              maxBytes(variant, assignment));
      Files.write(assignment.folder().resolve(variant.fileName()), made.bytes());
      return Done.NOTHING_ELSE
          .publishing(ADDRESS, store.put(address(picture, variant), made.bytes()))
          .measuring("bytes", made.bytes().length)
          .measuring("quality", made.quality());
    } catch (BrokenPicture e) {
      // The plan tries again: what is broken now may be an upload that goes on still.
      throw AttemptProblem.forNow(picture.source().getFileName() + ": " + e.getMessage());
    }
  }

  /** As the plan says of the artifact. */
  private static long maxBytes(Variant variant, Assignment assignment) {
    return assignment.spec().surroundings().artifacts().stream()
        .filter(artifact -> artifact.name().equals(variant.task()))
        .mapToLong(Artifact::maxBytes)
        .filter(bytes -> bytes > 0)
        .findFirst()
        .orElse(Long.MAX_VALUE);
  }

  private static String address(AnnouncedPicture picture, Variant variant) {
    return "pictures/" + picture.sha256() + "/" + variant.fileName();
  }

  private Done published(AnnouncedPicture picture, Assignment assignment)
      throws AttemptProblem, IOException {
    ObjectNode post = JSON.createObjectNode();
    post.put("sha256", picture.sha256());
    for (Variant variant : Variant.values()) {
      String address = assignment.published(new TaskId(variant.task()), ADDRESS);
      if (!store.has(address)) {
        throw AttemptProblem.forNow("expected " + address + " to be published, it is not there");
      }
      post.put(variant.task(), address);
    }
    byte[] bytes = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(post);
    return Done.NOTHING_ELSE.publishing(
        "post", store.put("posts/" + picture.sha256() + ".json", bytes));
  }
}
