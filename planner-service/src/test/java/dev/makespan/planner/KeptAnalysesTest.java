package dev.makespan.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.CheckedPlan;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.schedule.CurveWatch;
import dev.makespan.formats.plan.PlanReader;
import dev.makespan.planner.testing.SomePlans;
import dev.makespan.planner.wire.ResultProto;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptAnalysesTest {

  /** A result is read back from its message, so what is not written is lost. */
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
  void anAnalysisIsReadAsItWasWritten(String name) throws Exception {
    PlanSource file = new PlanSource("plan.yaml", SomePlans.bytes(SomePlans.example(name, name)));
    Plan plan = ((CheckedPlan.Accepted) PlanReader.read(file.content())).plan();
    Result result = Solving.answer(plan, file, new Question.Analysis(Map.of()), CurveWatch.NONE);

    byte[] kept = ResultProto.toProto(result).toByteArray();

    assertThat(ResultProto.fromProto(dev.makespan.proto.plan.v1.Result.parseFrom(kept)))
        .isEqualTo(result);
    assertThat(((Result.Analyzed) result).places()).isNotEmpty();
  }
}
