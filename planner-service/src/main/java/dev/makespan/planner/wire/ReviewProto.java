package dev.makespan.planner.wire;

import dev.makespan.core.change.PlanChange;
import dev.makespan.core.finding.Finding;
import dev.makespan.core.finding.PlanReview;
import dev.makespan.core.plan.PlanPart;
import dev.makespan.core.plan.Position;
import dev.makespan.core.plan.TaskId;
import dev.makespan.formats.analysis.ChangeText;
import dev.makespan.formats.analysis.PartText;
import dev.makespan.formats.plan.ChangeProto;
import dev.makespan.planner.Result;
import dev.makespan.proto.plan.v1.ChecklistItem;
import dev.makespan.proto.plan.v1.Decision;
import dev.makespan.proto.plan.v1.Evidence;
import dev.makespan.proto.plan.v1.ModuleImpact;
import dev.makespan.proto.plan.v1.PlanSession;
import dev.makespan.proto.plan.v1.Proposal;
import dev.makespan.proto.plan.v1.Remedy;
import dev.makespan.proto.plan.v1.WiringPoint;
import java.util.List;
import java.util.Map;

/** Reviews, to their messages. */
public final class ReviewProto {

  private ReviewProto() {}

  static dev.makespan.proto.plan.v1.PlanReview toProto(Result.Analyzed analyzed) {
    PlanReview review = analyzed.review();
    var message = dev.makespan.proto.plan.v1.PlanReview.newBuilder();
    review.findings().forEach(finding -> message.addFindings(toProto(finding, analyzed.places())));
    message.setProposal(proposal(analyzed));
    review.decisions().forEach(decision -> message.addDecisions(toProto(decision)));
    review.modules().forEach(module -> message.addModules(toProto(module)));
    review.wiring().forEach(point -> message.addWiring(toProto(point)));
    review.sessions().forEach(session -> message.addSessions(toProto(session)));
    review.checklist().forEach(check -> message.addChecklist(toProto(check)));
    return message.build();
  }

  /** Each in words, too. */
  public static List<dev.makespan.proto.plan.v1.PlanChange> toProto(List<PlanChange> changes) {
    return changes.stream()
        .map(change -> ChangeProto.toProto(change, ChangeText.of(change)))
        .toList();
  }

  private static dev.makespan.proto.plan.v1.Finding toProto(
      Finding finding, Map<PlanPart, Position> places) {
    var message =
        dev.makespan.proto.plan.v1.Finding.newBuilder()
            .setId(finding.id())
            .setKind(ReviewWords.toProto(finding.kind()))
            .setSeverity(ReviewWords.toProto(finding.severity()))
            .setConfidence(ReviewWords.toProto(finding.confidence()))
            .setTitle(finding.title())
            .addAllTasks(ids(finding.tasks()));
    finding.evidence().forEach(evidence -> message.addEvidence(toProto(evidence, places)));
    finding.remedies().forEach(remedy -> message.addRemedies(toProto(remedy)));
    return message.build();
  }

  private static Evidence toProto(
      dev.makespan.core.finding.Evidence evidence, Map<PlanPart, Position> places) {
    TaskId task = PartText.taskOf(evidence.part());
    Evidence.Builder message =
        Evidence.newBuilder()
            .setPart(PartText.of(evidence.part()))
            .setTask(task == null ? "" : task.value())
            .setText(evidence.text());
    Position at = places.get(evidence.part());
    if (at != null) {
      message.setLine(at.line()).setColumn(at.column());
    }
    return message.build();
  }

  private static Remedy toProto(dev.makespan.core.finding.Remedy remedy) {
    Remedy.Builder message =
        Remedy.newBuilder()
            .setKind(remedy.kind())
            .setTitle(remedy.title())
            .setGain(Times.toProto(remedy.gain()))
            .setEffort(ReviewWords.toProto(remedy.effort()))
            .setRisk(ReviewWords.toProto(remedy.risk()))
            .setRests(remedy.rests())
            .addAllChanges(toProto(remedy.changes()));
    if (remedy.makespan() != null) {
      message.setMakespan(Times.toProto(remedy.makespan()));
    }
    return message.build();
  }

  /** An analysis that is the plan's own is not written twice. */
  private static Proposal proposal(Result.Analyzed analyzed) {
    PlanReview.Proposal proposal = analyzed.review().proposal();
    Proposal.Builder message =
        Proposal.newBuilder()
            .addAllFindings(proposal.applied())
            .addAllChanges(toProto(proposal.changes()))
            .setBestPossible(Times.toProto(proposal.bestPossible()));
    if (!proposal.changes().isEmpty()) {
      message.setAnalysis(AnalysisProto.toProto(proposal.analysis()));
    }
    return message.build();
  }

  private static Decision toProto(PlanReview.Decision decision) {
    return Decision.newBuilder()
        .setFinding(decision.finding())
        .setOpportunity(decision.opportunity())
        .setFeasible(decision.feasible())
        .setRisk(ReviewWords.toProto(decision.risk()))
        .setEffort(ReviewWords.toProto(decision.effort()))
        .setGain(Times.toProto(decision.gain()))
        .setRecommendation(ReviewWords.toProto(decision.recommendation()))
        .build();
  }

  private static ModuleImpact toProto(PlanReview.ModuleImpact module) {
    return ModuleImpact.newBuilder()
        .setPath(module.path())
        .addAllWriters(ids(module.writers()))
        .addAllReaders(ids(module.readers()))
        .build();
  }

  private static WiringPoint toProto(PlanReview.WiringPoint point) {
    return WiringPoint.newBuilder()
        .setOrder(point.order())
        .setProducer(point.producer().value())
        .setConsumer(point.consumer().value())
        .setVia(point.via())
        .addAllCircle(ids(point.circle()))
        .build();
  }

  private static PlanSession toProto(PlanReview.Session session) {
    return PlanSession.newBuilder()
        .setNumber(session.number())
        .addAllTasks(ids(session.tasks()))
        .setLoad(Times.toProto(session.load()))
        .setReason(session.reason())
        .build();
  }

  private static ChecklistItem toProto(PlanReview.Check check) {
    return ChecklistItem.newBuilder()
        .setRisk(check.risk())
        .setText(check.text())
        .addAllTasks(ids(check.tasks()))
        .setCritical(check.critical())
        .build();
  }

  private static List<String> ids(List<TaskId> tasks) {
    return tasks.stream().map(TaskId::value).toList();
  }
}
