package dev.makespan.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.makespan.proto.run.v1.Batch;
import dev.makespan.proto.run.v1.BatchMember;
import dev.makespan.proto.run.v1.MemberOutcome;
import dev.makespan.proto.run.v1.MergeQueue;
import dev.makespan.proto.run.v1.Run;
import dev.makespan.proto.run.v1.RunWiring;
import dev.makespan.proto.run.v1.WiredStub;
import java.util.List;
import java.util.Locale;

/** What is merged, for programs. */
final class MergesJson {

  private MergesJson() {}

  /** As "merges"; nothing of a run that merges nothing. */
  static void put(ObjectNode to, Run run) {
    if (!run.hasMerges()) {
      return;
    }
    MergeQueue merges = run.getMerges();
    ObjectNode node = to.putObject("merges");
    node.put("branch", merges.getBranch());
    node.put("head", merges.getHead());
    node.put("published", merges.getPublished());
    put(node.putArray("waiting"), merges.getWaitingList());
    put(node.putArray("batch"), merges.getBatchList());
    if (!merges.getAgent().isEmpty()) {
      node.put("agent", merges.getAgent());
    }
    if (merges.hasHold()) {
      node.putObject("hold")
          .put("reason", merges.getHold().getReason())
          .put("by", merges.getHold().getBy())
          .put("since", Protos.instant(merges.getHold().getSinceTime()).toString());
    }
    node.put("trouble", merges.getTrouble());
    ArrayNode wirings = node.putArray("wirings");
    for (RunWiring wiring : merges.getWiringsList()) {
      wirings
          .addObject()
          .put("producer", wiring.getProducer())
          .put("consumer", wiring.getConsumer())
          .put("via", wiring.getVia())
          .put("wire", wiring.getWire())
          .put("progress", progress(wiring));
    }
    ArrayNode batches = node.putArray("batches");
    merges.getBatchesList().forEach(batch -> put(batches.addObject(), batch));
  }

  private static void put(ArrayNode to, List<BatchMember> members) {
    members.forEach(member -> to.add(member.getTask()));
  }

  private static void put(ObjectNode to, Batch batch) {
    to.put("number", batch.getNumber());
    to.put("formed", Protos.instant(batch.getFormTime()).toString());
    to.put("ended", Protos.instant(batch.getEndTime()).toString());
    to.put("head", batch.getHead());
    to.put("verifications", batch.getVerifications());
    to.put("verified", batch.getVerified());
    ArrayNode members = to.putArray("members");
    for (MemberOutcome outcome : batch.getMembersList()) {
      ObjectNode member = members.addObject();
      member.put("task", outcome.getMember().getTask());
      member.put("verdict", verdict(outcome));
      member.put("report", outcome.getReport());
      ArrayNode files = member.putArray("files");
      outcome.getFilesList().forEach(files::add);
    }
    ArrayNode wired = to.putArray("wired");
    for (WiredStub stub : batch.getWiredList()) {
      wired.addObject().put("producer", stub.getProducer()).put("consumer", stub.getConsumer());
    }
    ArrayNode remade = to.putArray("remade");
    batch.getRemadeList().forEach(remade::add);
  }

  /** As a word: waits, next, by-people, wired or off. */
  static String progress(RunWiring wiring) {
    return wiring
        .getProgress()
        .name()
        .replace("WIRING_PROGRESS_", "")
        .replace('_', '-')
        .toLowerCase(Locale.ROOT);
  }

  /** As a word: landed, conflict, red or left. */
  static String verdict(MemberOutcome outcome) {
    return outcome.getVerdict().name().replace("MEMBER_VERDICT_", "").toLowerCase(Locale.ROOT);
  }
}
