package dev.makespan.examples.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.makespan.agent.Runner;
import dev.makespan.agent.WorkProgress;
import dev.makespan.agent.WorkReport;
import dev.makespan.agent.runner.Assignment;
import dev.makespan.agent.runner.Done;
import dev.makespan.agent.workspace.AttemptProblem;
import dev.makespan.core.plan.Artifact;
import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.plan.Work;
import dev.makespan.core.session.GatewaySays.Answer;
import dev.makespan.core.session.TaskContext;
import dev.makespan.core.session.TaskSpec;
import dev.makespan.core.session.TaskSurroundings;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskRef;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadWorkerTest {

  private static final long THIRTY_KILOBYTES = 30_000;

  @TempDir Path temp;
  private Path source = Path.of("cat.jpg");
  private PictureStore store = new PictureStore(Path.of("published"));
  private byte[] uploaded = {};

  @BeforeEach
  void upload() throws Exception {
    store = new PictureStore(temp.resolve("published"));
    uploaded = PictureGenerator.picture(3, 1_200);
    source = Files.write(temp.resolve("cat.jpg"), uploaded);
  }

  private Done work(String task, String sha256, TaskContext.Predecessor... needed)
      throws Exception {
    TaskSurroundings wanted =
        new TaskSurroundings(
            null,
            List.of(),
            List.of(),
            List.of("address"),
            List.of(),
            List.of(new Artifact("thumbnail", "thumbnail.jpg", THIRTY_KILOBYTES)));
    TaskSpec spec =
        new TaskSpec(
            "Make it",
            new Role("image-worker"),
            Duration.ofSeconds(1),
            1,
            false,
            new Work.AgentsDefault(),
            Map.of("SOURCE", source.toString(), "SHA256", sha256),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            "",
            wanted);
    TaskContext context = new TaskContext("image-upload", "", "", List.of(needed), 0, List.of());
    TaskRef ref = new TaskRef(new RunId(1), new TaskId(task), 1);
    Path folder = Files.createDirectories(temp.resolve("work"));
    return new UploadWorker(store)
        .work(new Assignment(ref, 1, spec, context, folder, new Unheard()));
  }

  @Test
  void aVariantIsLeftAsArtifactAndPublishedUnderItsAddress() throws Exception {
    Done done = work("thumbnail", AnnouncedPicture.hash(uploaded));

    byte[] left = Files.readAllBytes(temp.resolve("work/thumbnail.jpg"));
    assertThat(left.length).isBetween(100, (int) THIRTY_KILOBYTES);
    String address = "pictures/" + AnnouncedPicture.hash(uploaded) + "/thumbnail.jpg";
    assertThat(done.outputs()).containsEntry("address", address);
    assertThat(Files.readAllBytes(store.root().resolve(address))).isEqualTo(left);
  }

  @Test
  void bytesThatWereNotAnnouncedAreNotMadeIntoAnything() {
    String other = AnnouncedPicture.hash(new byte[] {1});

    assertThatThrownBy(() -> work("medium", other))
        .isInstanceOfSatisfying(
            AttemptProblem.class, problem -> assertThat(problem.isRetryable()).isTrue())
        .hasMessage(
            "expected cat.jpg with sha256 %s, was %s"
                .formatted(other, AnnouncedPicture.hash(uploaded)));
    assertThat(store.root()).doesNotExist();
  }

  @Test
  void aHashThatIsNoneIsRefusedForGood() {
    assertThatThrownBy(() -> work("medium", "../../etc"))
        .isInstanceOfSatisfying(
            AttemptProblem.class, problem -> assertThat(problem.isRetryable()).isFalse());
  }

  @Test
  void aBrokenPictureFailsWithItsNameAndWhatIsWrong() throws Exception {
    byte[] half = PictureGenerator.broken(3, 1_200);
    Files.write(source, half);

    assertThatThrownBy(() -> work("original", AnnouncedPicture.hash(half)))
        .isInstanceOf(AttemptProblem.class)
        .hasMessageStartingWith("cat.jpg: the picture");
  }

  @Test
  void aFileThatIsNotThereYetIsTriedAgain() throws Exception {
    Files.delete(source);

    assertThatThrownBy(() -> work("original", AnnouncedPicture.hash(uploaded)))
        .isInstanceOfSatisfying(
            AttemptProblem.class, problem -> assertThat(problem.isRetryable()).isTrue())
        .hasMessageEndingWith("is not there");
  }

  @Test
  void aPostNamesTheThreeAddressesAndIsPublishedOnlyWhenTheyAreThere() throws Exception {
    String hash = AnnouncedPicture.hash(uploaded);
    List<TaskContext.Predecessor> needed = new ArrayList<>();
    for (Variant variant : Variant.values()) {
      needed.add(
          new TaskContext.Predecessor(
              new TaskId(variant.task()), "", Map.of(), work(variant.task(), hash).outputs()));
    }

    Done done = work("publish", hash, needed.toArray(TaskContext.Predecessor[]::new));

    String post = Files.readString(store.root().resolve("posts/" + hash + ".json"));
    assertThat(done.outputs()).containsEntry("post", "posts/" + hash + ".json");
    assertThat(post)
        .contains("/thumbnail.jpg\"", "/medium.jpg\"", "/original.jpg\"", "\"" + hash + "\"");
    Files.delete(store.root().resolve("pictures/" + hash + "/medium.jpg"));
    assertThatThrownBy(() -> work("publish", hash, needed.toArray(TaskContext.Predecessor[]::new)))
        .hasMessageContaining("medium.jpg to be published, it is not there");
  }

  @Test
  void aTaskOfAnotherPlanIsRefusedForGood() {
    assertThatThrownBy(() -> work("paint", AnnouncedPicture.hash(uploaded)))
        .isInstanceOfSatisfying(
            AttemptProblem.class, problem -> assertThat(problem.isRetryable()).isFalse())
        .hasMessageContaining("paint");
  }

  /** News that nobody waits for. */
  private static final class Unheard implements Runner.News {
    @Override
    public void started() {}

    @Override
    public void progressed(WorkProgress progress) {}

    @Override
    public void reached(MilestoneId milestone) {}

    @Override
    public CompletableFuture<Answer> blocked(String question, boolean keepsSlot) {
      return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<Answer> needsFiles(List<FileAccess> files, String reason) {
      return new CompletableFuture<>();
    }

    @Override
    public void finished(WorkReport report) {}

    @Override
    public void stopped(String how) {}
  }
}
