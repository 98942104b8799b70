package dev.makespan.core.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.change.PlanChange;
import dev.makespan.core.change.PlanChanges;
import dev.makespan.core.graph.PlanBuilder;
import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.TaskId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FileLessonsTest {

  private static final TaskId A = new TaskId("a");
  private static final TaskId B = new TaskId("b");
  private static final Plan PLAN =
      new PlanBuilder()
          .pool("dev", 2)
          .task("a", 10, t -> t.writes("src/a.rs").writes("docs/**"))
          .task("b", 10, t -> t.reads("src/a.rs").writes("src/b.rs"))
          .plan();

  private static TouchedFiles accepted(TaskId task, String... files) {
    return new TouchedFiles(task, 1, "ann", true, List.of(files), true);
  }

  private static TouchedFiles failed(TaskId task, String... files) {
    return new TouchedFiles(task, 1, "bob", false, List.of(files), true);
  }

  private static FileAccess access(String path, FileMode mode) {
    return new FileAccess(new FilePattern(path), mode);
  }

  private static List<String> words(List<TouchedFiles> touched) {
    return FileLessons.of(PLAN, touched).stream()
        .map(lesson -> words(lesson.change()) + (lesson.certain() ? "" : "?"))
        .toList();
  }

  private static String words(PlanChange change) {
    return switch (change) {
      case PlanChange.AddAccess add -> "+" + add.task() + " " + add.access().path().text();
      case PlanChange.RemoveAccess remove ->
          "-" + remove.task() + " " + remove.access().path().text();
      case PlanChange.ReplaceAccess replace ->
          "~" + replace.task() + " " + replace.now().path().text();
      default -> throw new AssertionError("no lesson about files: " + change);
    };
  }

  @Test
  void whatWasChangedAsDeclaredTeachesNothing() {
    List<TouchedFiles> touched =
        List.of(accepted(A, "src/a.rs", "docs/x/y.md"), accepted(B, "src/b.rs"));

    assertThat(words(touched)).isEmpty();
    assertThat(FileDrift.of(PLAN, touched)).isEmpty();
  }

  @Test
  void whatAcceptedWorkChangedUndeclaredIsToBeDeclared() {
    List<FileLesson> lessons =
        FileLessons.of(PLAN, List.of(accepted(A, "src/a.rs", "docs/i.md", "src/mod.rs")));

    assertThat(lessons)
        .containsExactly(
            new FileLesson(
                new PlanChange.AddAccess(A, access("src/mod.rs", FileMode.WRITE)),
                true,
                "attempt 1 by ann changed it"));
  }

  @Test
  void whatOnlyAFailedAttemptChangedIsUncertain() {
    assertThat(words(List.of(failed(A, "src/mod.rs"), accepted(A, "src/a.rs", "docs/i.md"))))
        .containsExactly("+a src/mod.rs?");
    assertThat(FileLessons.of(PLAN, List.of(failed(A, "src/mod.rs"))).getFirst().basis())
        .isEqualTo("attempt 1 by bob changed it, and was not accepted");
  }

  @Test
  void whatWasDeclaredToBeReadAndIsChangedIsWritten() {
    List<FileLesson> lessons = FileLessons.of(PLAN, List.of(accepted(B, "src/a.rs", "src/b.rs")));

    assertThat(lessons)
        .extracting(FileLesson::change)
        .containsExactly(
            new PlanChange.ReplaceAccess(
                B, access("src/a.rs", FileMode.READ), access("src/a.rs", FileMode.WRITE)));
  }

  @Test
  void whatADoneTaskDidNotChangeMayGoAndNobodyIsSure() {
    assertThat(words(List.of(accepted(A, "src/a.rs")))).containsExactly("-a docs/**?");
  }

  @Test
  void nothingIsKnownOfWhatWasNotChangedWhereNothingOrNotAllWasTold() {
    TouchedFiles partly = new TouchedFiles(A, 1, "ann", true, List.of("src/a.rs"), false);

    assertThat(words(List.of(accepted(A)))).isEmpty();
    assertThat(words(List.of(partly))).isEmpty();
    assertThat(words(List.of(failed(A, "src/a.rs")))).isEmpty();
  }

  @Test
  void manyPathsOfAFolderBecomeOneGlob() {
    String[] many =
        IntStream.range(0, FileLessons.MAX_IN_FOLDER + 1)
            .mapToObj(n -> "gen/f" + n)
            .toArray(String[]::new);

    assertThat(words(List.of(accepted(A, "src/a.rs", "docs/i.md"), failed(A, many))))
        .containsExactly("+a gen/*?");
  }

  @Test
  void pathsThatNoPlanCanSayAreLeftOut() {
    assertThat(words(List.of(failed(A, "../out", "a*b", "")))).isEmpty();
  }

  @Test
  void tasksThatThePlanNoLongerHasAreLeftOut() {
    assertThat(words(List.of(accepted(new TaskId("gone"), "x")))).isEmpty();
  }

  @Test
  void aPlanThatHasLearnedHasNothingMoreToLearnOfTheSameRun() {
    List<TouchedFiles> touched =
        List.of(accepted(A, "src/a.rs", "src/mod.rs"), accepted(B, "src/a.rs", "x/y"));

    Plan learned =
        PlanChanges.apply(
            PLAN, FileLessons.of(PLAN, touched).stream().map(FileLesson::change).toList());

    assertThat(FileLessons.of(learned, touched)).isEmpty();
  }
}
