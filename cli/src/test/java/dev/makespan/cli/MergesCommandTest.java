package dev.makespan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.makespan.proto.run.v1.Batch;
import dev.makespan.proto.run.v1.BatchMember;
import dev.makespan.proto.run.v1.ChangeMergesRequest;
import dev.makespan.proto.run.v1.MemberOutcome;
import dev.makespan.proto.run.v1.MemberVerdict;
import dev.makespan.proto.run.v1.MergeHold;
import dev.makespan.proto.run.v1.MergeQueue;
import dev.makespan.proto.run.v1.RunWiring;
import dev.makespan.proto.run.v1.WiredStub;
import dev.makespan.proto.run.v1.WiringProgress;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init")
class MergesCommandTest {

  private static final String HEAD = "0123456789abcdef0123456789abcdef01234567";

  private PretendedPlanner planner;

  @BeforeEach
  void start() throws IOException {
    planner = new PretendedPlanner();
  }

  @AfterEach
  void stop() {
    planner.close();
  }

  private static MergeQueue queue() {
    return MergeQueue.newBuilder()
        .setBranch("makespan/7/integration")
        .setHead(HEAD)
        .addWaiting(member("menu"))
        .addWaiting(member("cart"))
        .addBatch(member("tax"))
        .setAgent("dev-1")
        .setHold(
            MergeHold.newBuilder()
                .setBy("ann")
                .setReason("release day")
                .setSinceTime(Timestamp.newBuilder().setSeconds(1)))
        .setTrouble("the branch was moved")
        .addWirings(
            RunWiring.newBuilder()
                .setProducer("tax")
                .setConsumer("receipt")
                .setVia("a call")
                .setProgress(WiringProgress.WIRING_PROGRESS_BY_PEOPLE))
        .addBatches(
            Batch.newBuilder()
                .setNumber(1)
                .setHead(HEAD)
                .setVerifications(3)
                .addMembers(outcome("money", MemberVerdict.MEMBER_VERDICT_LANDED))
                .addMembers(
                    outcome("invoice", MemberVerdict.MEMBER_VERDICT_CONFLICT).toBuilder()
                        .setReport("both sides")
                        .addFiles("src/Shop.java"))
                .addWired(WiredStub.newBuilder().setProducer("a").setConsumer("b"))
                .addRemade("parts.txt"))
        .build();
  }

  private static BatchMember member(String task) {
    return BatchMember.newBuilder().setTask(task).setFence(1).build();
  }

  private static MemberOutcome outcome(String task, MemberVerdict verdict) {
    return MemberOutcome.newBuilder().setMember(member(task)).setVerdict(verdict).build();
  }

  private ChangeMergesRequest wanted() {
    return planner.mergeChanges().getLast();
  }

  @Test
  void theQueueIsShownWithWhatWaitsWhatIsInTheWayAndWhatEnded() {
    planner.merges(queue());

    PretendedPlanner.Said said = planner.say("merges", "7");

    assertThat(said.code()).isZero();
    assertThat(said.out())
        .contains(
            "Merged into makespan/7/integration: 0123456789 (the branch follows)",
            "held by ann since",
            ": release day",
            "trouble: the branch was moved",
            "dev-1 merges tax",
            "waiting: menu, cart",
            "wiring 1: tax to receipt via a call: both have landed, to be wired by people",
            "batch 1: 0123456789, verified 3 times",
            "landed    money",
            "conflict  invoice in src/Shop.java",
            "both sides",
            "wired     a to b",
            "made anew parts.txt");
    assertThat(planner.mergeChanges()).isEmpty();
  }

  @Test
  void programsGetTheSame() {
    planner.merges(queue());

    String json = planner.say("merges", "7", "--output", "json").out();

    assertThat(json)
        .contains(
            "\"progress\" : \"by-people\"",
            "\"verdict\" : \"conflict\"",
            "\"remade\"",
            "parts.txt");
  }

  @Test
  void aRunThatMergesNothingIsSaidToDoSo() {
    assertThat(planner.say("merges", "7").out()).startsWith("run 7 merges nothing");
  }

  @Test
  void mergingIsHeldReleasedAndTriedAgain() {
    assertThat(planner.say("merges", "7", "--hold", "release day", "--by", "ann").code()).isZero();
    assertThat(wanted().getHold().getReason()).isEqualTo("release day");
    assertThat(wanted().getBy()).isEqualTo("ann");

    planner.say("merges", "7", "--release");
    assertThat(wanted().hasRelease()).isTrue();

    planner.say("merges", "7", "--retry", "--by", "ann");
    assertThat(wanted().getRetry().getReason()).isEqualTo("asked for by ann");
  }

  @Test
  void tasksArePutFirstAndBackIntoThePlannedOrder() {
    planner.say("merges", "7", "--first", "schema,parser");
    assertThat(wanted().getReorder().getFirstList()).containsExactly("schema", "parser");

    planner.say("merges", "7", "--first", "-");
    assertThat(wanted().hasReorder()).isTrue();
    assertThat(wanted().getReorder().getFirstList()).isEmpty();
  }

  @Test
  void aTaskIsDroppedWithANoteForItsNextAttempt() {
    planner.say("merges", "7", "--drop", "upload", "--note", "keep the old name");

    assertThat(wanted().getDrop().getTask()).isEqualTo("upload");
    assertThat(wanted().getDrop().getNote()).isEqualTo("keep the old name");
  }

  @Test
  void whatDoesNotGoTogetherIsRefusedAndChangesNothing() {
    assertThat(planner.say("merges", "7", "--hold", "x", "--release").code()).isEqualTo(2);
    PretendedPlanner.Said note = planner.say("merges", "7", "--note", "x", "--retry");

    assertThat(note.code()).isEqualTo(2);
    assertThat(note.err()).contains("--note goes with --drop");
    assertThat(planner.mergeChanges()).isEmpty();
  }
}
