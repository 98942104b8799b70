package dev.makespan.formats.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.CheckedPlan;
import dev.makespan.core.plan.Plan;
import dev.makespan.formats.plan.PlanReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphLayoutTest {

  private static final double NODE = 70;
  private static final double BEND = 16;
  private static final double ROUNDING = 1e-6;

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
  void nothingOfAnExampleStandsInTheWayOfAnother(String name) throws IOException {
    byte[] file = Files.readAllBytes(Path.of("..", "examples", name + ".yaml"));

    assertNothingOverlaps(GraphView.of(plan(file)));
  }

  @Test
  void nothingOfARandomPlanStandsInTheWayOfAnother() {
    for (int seed = 0; seed < 20; seed++) {
      assertNothingOverlaps(GraphView.of(plan(random(new Random(seed)))));
    }
  }

  /**
   * Each edge has a place in each column that it passes, and there it meets neither box nor edge.
   */
  private static void assertNothingOverlaps(GraphView view) {
    GraphLayout layout = GraphLayout.of(view, NODE, BEND);

    List<List<double[]>> columns = new ArrayList<>();
    for (int c = 0; c < layout.columns(); c++) {
      columns.add(new ArrayList<>());
    }
    for (int node = 0; node < view.nodes().size(); node++) {
      columns.get(layout.column(node)).add(new double[] {layout.centre(node), NODE});
    }
    for (int i = 0; i < view.edges().size(); i++) {
      GraphView.Edge edge = view.edges().get(i);
      int apart = Math.abs(layout.column(edge.to()) - layout.column(edge.from()));
      assertThat(layout.bends(i)).hasSize(Math.max(0, apart - 1));
      for (int bend : layout.bends(i)) {
        columns.get(layout.column(bend)).add(new double[] {layout.centre(bend), BEND});
      }
    }
    for (List<double[]> column : columns) {
      column.sort((a, b) -> Double.compare(a[0], b[0]));
      for (int i = 0; i < column.size(); i++) {
        double above = i == 0 ? 0 : column.get(i - 1)[0] + column.get(i - 1)[1] / 2;
        assertThat(column.get(i)[0] - column.get(i)[1] / 2)
            .isGreaterThanOrEqualTo(above - ROUNDING);
      }
      assertThat(column.getLast()[0]).isLessThan(layout.height());
    }
  }

  private static byte[] random(Random chance) {
    StringBuilder plan = new StringBuilder("apiVersion: makespan.dev/v1\nkind: Plan\n");
    plan.append("metadata: {name: plan}\nspec:\n  tasks:\n");
    for (int i = 0; i < 40; i++) {
      plan.append("    - {id: t").append(i).append(", duration: 1h, title: T");
      if (i > 0) {
        plan.append(", needs: [t").append(chance.nextInt(i)).append("]");
      }
      if (i > 1 && chance.nextInt(4) == 0) {
        plan.append(", stubs: [{task: t").append(chance.nextInt(i)).append(", via: v}]");
      }
      plan.append("}\n");
    }
    return plan.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static Plan plan(byte[] file) {
    CheckedPlan checked = PlanReader.read(file);
    assertThat(checked).as(checked.toString()).isInstanceOf(CheckedPlan.Accepted.class);
    return ((CheckedPlan.Accepted) checked).plan();
  }
}
