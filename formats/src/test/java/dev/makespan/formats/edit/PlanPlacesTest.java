package dev.makespan.formats.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.finding.Evidence;
import dev.makespan.core.finding.PlanReview;
import dev.makespan.core.plan.CheckedPlan;
import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.PhaseId;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.PlanPart;
import dev.makespan.core.plan.Position;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.schedule.Search;
import dev.makespan.formats.plan.PlanReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanPlacesTest {

  private static final String TEXT =
      """
      apiVersion: makespan.dev/v1
      kind: Plan
      metadata: {name: p}
      spec:
        pools: {dev: 2}
        resources:
          staging: 1
        defaults: {role: dev, reads: [README.md]}
        files:
          - {path: main.rs, policy: owner, owner: b}
        phases: [{id: one}]
        tasks:
          - id: a
            duration: 10m
            milestones: [{id: half, at: 50%}]
            steps:
              - {id: s1, duration: 5m}
              - {id: s2, duration: 5m}
          - id: b
            duration: 1h
            needs: [a.half]
            stubs: [{task: a, via: call}]
            writes: [main.rs]
            uses: {staging: 1}
        risks:
          - {id: r, title: R, likelihood: low, impact: low, tasks: [a]}
      """;

  private static final TaskId A = new TaskId("a");
  private static final TaskId B = new TaskId("b");

  private final PlanPlaces places = PlanPlaces.of(TEXT.getBytes(StandardCharsets.UTF_8));

  @Test
  void everyPartIsFoundWhereItStands() {
    assertThat(at(new PlanPart.OfSpec("phases"))).isEqualTo("11:3");
    assertThat(at(new PlanPart.OfPool(new Role("dev")))).isEqualTo("5:11");
    assertThat(at(new PlanPart.OfResource("staging"))).isEqualTo("7:5");
    assertThat(at(new PlanPart.OfPolicy(new FilePattern("main.rs")))).isEqualTo("10:7");
    assertThat(at(new PlanPart.OfPhase(new PhaseId("one")))).isEqualTo("11:12");
    assertThat(at(new PlanPart.OfRisk("r"))).isEqualTo("26:7");
    assertThat(at(new PlanPart.OfTask(B))).isEqualTo("19:11");
    assertThat(at(new PlanPart.OfNeed(B, new Need(A, new MilestoneId("half"))))).isEqualTo("21:15");
    assertThat(at(new PlanPart.OfStub(B, A))).isEqualTo("22:15");
    assertThat(at(new PlanPart.OfFile(B, access("main.rs", FileMode.WRITE)))).isEqualTo("23:16");
    assertThat(at(new PlanPart.OfUse(B, "staging"))).isEqualTo("24:14");
    assertThat(at(new PlanPart.OfStep(A, "s2"))).isEqualTo("18:11");
    assertThat(at(new PlanPart.OfMilestone(A, new MilestoneId("half")))).isEqualTo("15:20");
  }

  @Test
  void whatTheDefaultsSayIsFoundThereAndWhatNobodySaysAtItsTask() {
    assertThat(at(new PlanPart.OfFile(A, access("README.md", FileMode.READ)))).isEqualTo("8:33");
    assertThat(at(new PlanPart.OfNeed(A, Need.of(B)))).isEqualTo("13:11");
    assertThat(at(new PlanPart.OfPool(new Role("ops")))).isEqualTo("5:10");
  }

  @Test
  void evidenceOfTheExamplesPointsAtLinesThatNameTheTask() throws IOException {
    byte[] content = Files.readAllBytes(Path.of("..", "examples", "content-publishing.yaml"));
    Plan plan = ((CheckedPlan.Accepted) PlanReader.read(content)).plan();
    List<String> lines = new String(content, StandardCharsets.UTF_8).lines().toList();
    PlanPlaces found = PlanPlaces.of(content);
    int files = 0;

    for (var finding : PlanReview.of(plan, plan.pools(), Search.DEFAULT).findings()) {
      for (Evidence evidence : finding.evidence()) {
        if (evidence.part() instanceof PlanPart.OfFile file) {
          assertThat(lines.get(found.of(file).line() - 1))
              .contains("writes:", file.access().path().text());
          files++;
        }
      }
    }

    assertThat(files).isPositive();
  }

  private String at(PlanPart part) {
    Position position = places.of(part);
    return position.line() + ":" + position.column();
  }

  private static FileAccess access(String path, FileMode mode) {
    return new FileAccess(new FilePattern(path), mode);
  }
}
