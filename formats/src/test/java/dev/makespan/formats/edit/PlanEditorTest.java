package dev.makespan.formats.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.change.PlanChange;
import dev.makespan.core.change.PlanChanges;
import dev.makespan.core.finding.Finding;
import dev.makespan.core.finding.PlanReview;
import dev.makespan.core.finding.Remedy;
import dev.makespan.core.plan.CheckedPlan;
import dev.makespan.core.plan.Estimate;
import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.FilePolicy;
import dev.makespan.core.plan.Milestone;
import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.NumberRange;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Problem;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.Stub;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.schedule.Search;
import dev.makespan.formats.plan.PlanReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanEditorTest {

  private static final String BLOCK =
      """
      # A plan of two.
      apiVersion: makespan.dev/v1
      kind: Plan
      metadata: {name: two}
      spec:
        tasks: # all of them
          # the first
          - id: a # its id
            title: "Über: a"
            duration: 10m
            writes:
              - src/x.rs # the file
              - src/y.rs
            run:
              script: |
                echo a
                echo b

          # the second
          - id: b
            duration: 1h
            needs: [a] # must wait
            reads: [ src/x.rs ]
      """;

  private static final String JSON =
      """
      {"apiVersion": "makespan.dev/v1", "kind": "Plan", "metadata": {"name": "two"},
       "spec": {"tasks": [
         {"id": "a", "duration": "10m", "writes": ["src/x.rs"]},
         {"id": "b", "duration": "1h", "needs": ["a"], "reads": ["src/x.rs"]}
       ]}}
      """;

  private static final TaskId A = new TaskId("a");
  private static final TaskId B = new TaskId("b");

  @Test
  void oneLineChangesAndAllCommentsStay() {
    String edited = edited(BLOCK, new PlanChange.RemoveNeed(B, Need.of(A)));

    assertThat(edited).isEqualTo(BLOCK.replace("[a] # must wait", "[] # must wait"));
  }

  @Test
  void anItemJoinsAListOnLinesOfItsOwn() {
    String edited = edited(BLOCK, new PlanChange.AddAccess(A, write("**/z.rs")));

    assertThat(edited)
        .isEqualTo(
            BLOCK.replace("        - src/y.rs\n", "        - src/y.rs\n        - \"**/z.rs\"\n"));
  }

  @Test
  void aPathThatIsNoLongerTouchedLeavesTheOthersAndTheirComments() {
    String edited = edited(BLOCK, new PlanChange.RemoveAccess(A, write("src/y.rs")));

    assertThat(edited).isEqualTo(BLOCK.replace("        - src/y.rs\n", ""));
  }

  @Test
  void anItemLeavesAListWithItsComment() {
    PlanChange change = new PlanChange.ReplaceAccess(A, write("src/x.rs"), append("src/x.rs"));

    assertThat(edited(BLOCK, change))
        .doesNotContain("- src/x.rs # the file")
        .contains("        - src/y.rs\n", "appends: [src/x.rs]");
  }

  @Test
  void aMissingKeyIsAddedWhereItCannotBreakALongValue() {
    String edited = edited(BLOCK, new PlanChange.AddNeed(A, new Need(B, null)), removeNeed());

    assertThat(edited).contains("          echo b\n").contains("      needs: [b]\n");
  }

  @Test
  void declarationsGoBeforeTheTasks() {
    String edited = edited(BLOCK, new PlanChange.SetPool(new Role("agent"), 3));

    assertThat(edited).contains("spec:\n  pools: {agent: 3}\n  tasks: # all of them\n");
  }

  @Test
  void jsonStaysJson() {
    String edited =
        edited(
            JSON,
            removeNeed(),
            new PlanChange.AddMilestone(
                A, new Milestone(new MilestoneId("half"), "half", Duration.ofMinutes(5))),
            new PlanChange.SetPolicy(
                new FilePolicy(new FilePattern("src/x.rs"), FilePolicy.Kind.APPEND, null)),
            new PlanChange.SetLabel(B, "session", "s1"));

    assertThat(edited)
        .contains("\"needs\": []", "\"milestones\": [{\"id\": \"half\", \"after\": \"5m\"}]")
        .contains("\"files\": [{\"path\": \"src/x.rs\", \"policy\": \"append\"}], \"tasks\"")
        .contains("\"labels\": {\"session\": \"s1\"}");
  }

  @Test
  void needsOfTheDefaultsAreWrittenOutWhereTheyChange() {
    String text = BLOCK.replace("  tasks:", "  defaults: {reads: [README.md]}\n  tasks:");

    String edited = edited(text, new PlanChange.AddAccess(A, read("docs/a.md")));

    assertThat(edited).contains("      reads: [README.md, docs/a.md]\n");
  }

  @Test
  void piecesStandWhereTheTaskStoodAndKeepWhatTheyShare() {
    Plan plan = plan(BLOCK);
    Task a = plan.tasks().getFirst();
    List<PlanChange> changes =
        List.of(
            new PlanChange.SplitTask(
                A,
                List.of(piece(a, "a-one", List.of()), piece(a, "a-two", List.of(need("a-one"))))),
            new PlanChange.ReplaceNeed(B, Need.of(A), List.of(need("a-two"))));

    String edited = edited(BLOCK, changes.toArray(PlanChange[]::new));

    assertThat(edited)
        .contains(
            "# the first\n    # its id\n    # the file\n    - id: a-one\n",
            "    - id: a-two\n",
            "needs: [a-two] # must")
        .contains("# the second\n");
    assertThat(edited).contains("    # its id\n", "    # the file\n");
    assertThat(edited.split("echo b", -1)).hasSize(3);
  }

  @Test
  void aCommentBetweenItemsOfAFlowListStaysWithItsNeighbour() {
    String list = "[a/1, # why\n        b/2, # gone\n        c/3 # not\n        ]";
    String text = BLOCK.replace("[ src/x.rs ]", list);

    String middle = edited(text, new PlanChange.ReplaceAccess(B, read("b/2"), read("a/1")));
    String end = edited(text, new PlanChange.ReplaceAccess(B, read("c/3"), read("a/1")));

    assertThat(middle).contains("[a/1, # why", "c/3 # not").doesNotContain("b/2");
    assertThat(end).contains("[a/1, # why", "b/2", "# not").doesNotContain("c/3");
  }

  @Test
  void aListAtItsKeysOwnColumnIsEmptied() {
    String text = BLOCK.replace("      needs: [a] # must wait\n", "      needs:\n      - a\n");

    assertThat(edited(text, removeNeed())).contains("      needs: []\n      reads:");
  }

  @Test
  void aLabelsOddKeyIsQuotedAndADurationIsNot() {
    String edited =
        edited(
            BLOCK,
            new PlanChange.SetLabel(A, "my: key", "yes"),
            new PlanChange.AddMilestone(
                A, new Milestone(new MilestoneId("half"), "half", Duration.ofMinutes(5))));

    assertThat(edited).contains("labels: {\"my: key\": \"yes\"}", "{id: half, after: 5m}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\n", "\n"})
  void lineBreaksStayAsTheyAre(String lineBreak) {
    String text = BLOCK.replace("\n", lineBreak);

    String edited = edited(text, new PlanChange.AddNeed(A, Need.of(B)), removeNeed());

    assertThat(edited.replace(lineBreak, "")).doesNotContain("\r", "\n");
  }

  @Test
  void aFileWithoutALastLineBreakAndWithWideCharactersIsChanged() {
    String text = BLOCK.stripTrailing().replace("Über", "\uD83D\uDE00 Über");

    String edited = edited(text, removeNeed());

    assertThat(edited).contains("\uD83D\uDE00 Über").contains("needs: [] # must wait");
  }

  @Test
  void aChangeThatDoesNotFitIsRefused() {
    assertThat(refusal(BLOCK, new PlanChange.RemoveNeed(A, Need.of(B))))
        .contains("not in the plan");
    assertThat(refusal(BLOCK, new PlanChange.AddNeed(A, Need.of(B)))).contains("cycle");
    assertThat(refusal("kind: Plan", removeNeed())).contains("no plan");
  }

  /** Reading what was written gives the changed plan; comments stay; few lines are touched. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "content-publishing",
        "image-transcoding",
        "image-upload",
        "multipart-forms",
        "platform-hardening",
        "unified-platform"
      })
  void whateverIsChangedInAnExampleReadsAsTheChangedPlan(String name) throws IOException {
    String text = Files.readString(Path.of("..", "examples", name + ".yaml"));
    Plan plan = plan(text);
    int done = 0;
    for (int seed = 0; seed < 200; seed++) {
      List<PlanChange> changes = randomChanges(plan, seed);

      PlanEditor.Edited edited = PlanEditor.edit(text.getBytes(StandardCharsets.UTF_8), changes);

      if (edited instanceof PlanEditor.Edited.Done changed) {
        String now = changed.text();
        assertThat(comments(now)).as("seed %d", seed).isEqualTo(comments(text));
        assertThat(changed.plan().tasks()).hasSameSizeAs(plan.tasks());
        done++;
      } else {
        assertThat(((PlanEditor.Edited.Refused) edited).reason())
            .as("seed %d, %s", seed, changes)
            .contains("would have errors");
      }
    }
    assertThat(done).isGreaterThan(100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"content-publishing", "multipart-forms", "platform-hardening"})
  void everyRemedyOfAReviewCanBeWritten(String name) throws IOException {
    String text = Files.readString(Path.of("..", "examples", name + ".yaml"));
    Plan plan = plan(text);
    for (Finding finding : PlanReview.of(plan, plan.pools(), Search.DEFAULT).findings()) {
      for (Remedy remedy : finding.remedies()) {
        assertThat(PlanEditor.edit(text.getBytes(StandardCharsets.UTF_8), remedy.changes()))
            .as("%s %s", finding.id(), remedy.kind())
            .isInstanceOf(PlanEditor.Edited.Done.class);
      }
    }
  }

  private static List<PlanChange> randomChanges(Plan plan, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<PlanChange> changes = new ArrayList<>();
    Plan now = plan;
    for (int i = 0; i < 1 + random.nextInt(4); i++) {
      PlanChange change = randomChange(now, random);
      if (PlanChanges.findApplied(now, List.of(change)).isPresent()) {
        changes.add(change);
        now = PlanChanges.apply(now, change);
      }
    }
    return changes;
  }

  private static PlanChange randomChange(Plan plan, SplittableRandom random) {
    Task task = plan.tasks().get(random.nextInt(plan.tasks().size()));
    Task other = plan.tasks().get(random.nextInt(plan.tasks().size()));
    TaskId id = task.id();
    return switch (random.nextInt(11)) {
      case 0 -> new PlanChange.AddNeed(id, Need.of(other.id()));
      case 1 ->
          task.needs().isEmpty()
              ? new PlanChange.AddAccess(id, read("a/b"))
              : new PlanChange.RemoveNeed(
                  id, task.needs().get(random.nextInt(task.needs().size())));
      case 2 ->
          task.needs().isEmpty()
              ? new PlanChange.AddAccess(id, append("*.md"))
              : new PlanChange.ReplaceNeedByStub(
                  id,
                  task.needs().getFirst(),
                  new Stub(task.needs().getFirst().task(), "a: b", "sh wire: it.sh"));
      case 3 ->
          new PlanChange.AddMilestone(
              id, new Milestone(new MilestoneId("new"), "The \"new\" one", Duration.ZERO));
      case 4 -> new PlanChange.AddAccess(id, write("x/" + random.nextInt(3)));
      case 5 ->
          task.files().isEmpty()
              ? new PlanChange.AddAccess(id, read("true"))
              : new PlanChange.ReplaceAccess(
                  id,
                  task.files().get(random.nextInt(task.files().size())),
                  write("moved/" + id + ".rs"));
      case 6 ->
          new PlanChange.SetPolicy(
              new FilePolicy(new FilePattern("y/" + random.nextInt(2)), FilePolicy.Kind.OWNER, id));
      case 7 -> new PlanChange.SetPool(task.role(), 1 + random.nextInt(9));
      case 8 -> new PlanChange.SetResource("licence", 1 + random.nextInt(3));
      case 9 -> new PlanChange.SetRange(new NumberRange("ports", 7_000, 10, 10));
      default -> new PlanChange.SetLabel(id, "session", "s" + random.nextInt(3));
    };
  }

  private static List<String> comments(String text) {
    return text.lines().filter(line -> line.stripLeading().startsWith("#")).toList();
  }

  private static Task piece(Task task, String id, List<Need> needs) {
    return new Task(
        new TaskId(id),
        id,
        task.placement(),
        Estimate.exactly(Duration.ofMinutes(5)),
        needs,
        task.stubs(),
        task.files(),
        task.uses(),
        List.of(),
        List.of(),
        task.ranges(),
        task.execution(),
        task.completion(),
        task.budget());
  }

  private static Need need(String task) {
    return Need.of(new TaskId(task));
  }

  private static PlanChange removeNeed() {
    return new PlanChange.RemoveNeed(B, Need.of(A));
  }

  private static FileAccess read(String path) {
    return new FileAccess(new FilePattern(path), FileMode.READ);
  }

  private static FileAccess write(String path) {
    return new FileAccess(new FilePattern(path), FileMode.WRITE);
  }

  private static FileAccess append(String path) {
    return new FileAccess(new FilePattern(path), FileMode.APPEND);
  }

  private static Plan plan(String text) {
    CheckedPlan checked = PlanReader.read(text.getBytes(StandardCharsets.UTF_8));
    assertThat(checked.problems())
        .noneMatch(problem -> problem.severity() == Problem.Severity.ERROR);
    return ((CheckedPlan.Accepted) checked).plan();
  }

  private static String edited(String text, PlanChange... changes) {
    PlanEditor.Edited edited =
        PlanEditor.edit(text.getBytes(StandardCharsets.UTF_8), List.of(changes));
    assertThat(edited).isInstanceOf(PlanEditor.Edited.Done.class);
    return ((PlanEditor.Edited.Done) edited).text();
  }

  private static String refusal(String text, PlanChange... changes) {
    PlanEditor.Edited edited =
        PlanEditor.edit(text.getBytes(StandardCharsets.UTF_8), List.of(changes));
    assertThat(edited).isInstanceOf(PlanEditor.Edited.Refused.class);
    return ((PlanEditor.Edited.Refused) edited).reason();
  }
}
