package dev.makespan.planner.wire;

import dev.makespan.core.analysis.PlanAnalysis;
import dev.makespan.core.change.PlanChange;
import dev.makespan.core.finding.Evidence;
import dev.makespan.core.finding.Finding;
import dev.makespan.core.finding.PlanReview;
import dev.makespan.core.finding.Remedy;
import dev.makespan.core.plan.PlanPart;
import dev.makespan.core.plan.Position;
import dev.makespan.core.plan.TaskId;
import dev.makespan.formats.analysis.PartText;
import dev.makespan.formats.plan.ChangeProto;
import dev.makespan.proto.plan.v1.ChecklistItem;
import dev.makespan.proto.plan.v1.Decision;
import dev.makespan.proto.plan.v1.ModuleImpact;
import dev.makespan.proto.plan.v1.PlanSession;
import dev.makespan.proto.plan.v1.Proposal;
import dev.makespan.proto.plan.v1.WiringPoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reviews, from their messages: what {@link ReviewProto} has written. */
final class ReviewReading {

  private ReviewReading() {}

  /**
   * @param analysis that the review belongs to
   */
  static PlanReview fromProto(
      dev.makespan.proto.plan.v1.PlanReview message, PlanAnalysis analysis) {
    return new PlanReview(
        message.getFindingsList().stream().map(ReviewReading::fromProto).toList(),
        fromProto(message.getProposal(), analysis),
        message.getDecisionsList().stream().map(ReviewReading::fromProto).toList(),
        message.getModulesList().stream().map(ReviewReading::fromProto).toList(),
        message.getWiringList().stream().map(ReviewReading::fromProto).toList(),
        message.getSessionsList().stream().map(ReviewReading::fromProto).toList(),
        message.getChecklistList().stream().map(ReviewReading::fromProto).toList());
  }

  /** Where the evidence of all findings stands. */
  static Map<PlanPart, Position> places(dev.makespan.proto.plan.v1.PlanReview message) {
    Map<PlanPart, Position> places = new LinkedHashMap<>();
    message.getFindingsList().stream()
        .flatMap(finding -> finding.getEvidenceList().stream())
        .filter(evidence -> evidence.getLine() > 0)
        .forEach(evidence ->
            places.put(
                PartText.read(evidence.getPart()),
                new Position(evidence.getLine(), evidence.getColumn())));
    return places;
  }

  private static Finding fromProto(dev.makespan.proto.plan.v1.Finding message) {
    return new Finding(
        message.getId(),
        ReviewWords.fromProto(message.getKind()),
        ReviewWords.fromProto(message.getSeverity()),
        ReviewWords.fromProto(message.getConfidence()),
        message.getTitle(),
        ids(message.getTasksList()),
        message.getEvidenceList().stream()
            .map(evidence -> new Evidence(PartText.read(evidence.getPart()), evidence.getText()))
            .toList(),
        message.getRemediesList().stream().map(ReviewReading::fromProto).toList());
  }

  private static Remedy fromProto(dev.makespan.proto.plan.v1.Remedy message) {
    return new Remedy(
        message.getKind(),
        message.getTitle(),
        message.hasMakespan() ? Times.fromProto(message.getMakespan()) : null,
        Times.fromProto(message.getGain()),
        ReviewWords.fromProto(message.getEffort()),
        ReviewWords.fromProto(message.getRisk()),
        message.getRests(),
        changes(message.getChangesList()));
  }

  private static PlanReview.Proposal fromProto(Proposal message, PlanAnalysis unchanged) {
    return new PlanReview.Proposal(
        List.copyOf(message.getFindingsList()),
        message.hasAnalysis() ? AnalysisReading.fromProto(message.getAnalysis()) : unchanged,
        changes(message.getChangesList()));
  }

  private static List<PlanChange> changes(List<dev.makespan.proto.plan.v1.PlanChange> messages) {
    return messages.stream().map(ChangeProto::fromProto).toList();
  }

  private static PlanReview.Decision fromProto(Decision message) {
    return new PlanReview.Decision(
        message.getFinding(),
        message.getOpportunity(),
        message.getFeasible(),
        ReviewWords.fromProto(message.getRisk()),
        ReviewWords.fromProto(message.getEffort()),
        Times.fromProto(message.getGain()),
        ReviewWords.fromProto(message.getRecommendation()));
  }

  private static PlanReview.ModuleImpact fromProto(ModuleImpact message) {
    return new PlanReview.ModuleImpact(
        message.getPath(), ids(message.getWritersList()), ids(message.getReadersList()));
  }

  private static PlanReview.WiringPoint fromProto(WiringPoint message) {
    return new PlanReview.WiringPoint(
        message.getOrder(),
        new TaskId(message.getProducer()),
        new TaskId(message.getConsumer()),
        message.getVia(),
        ids(message.getCircleList()));
  }

  private static PlanReview.Session fromProto(PlanSession message) {
    return new PlanReview.Session(
        message.getNumber(),
        ids(message.getTasksList()),
        Times.fromProto(message.getLoad()),
        message.getReason());
  }

  private static PlanReview.Check fromProto(ChecklistItem message) {
    return new PlanReview.Check(
        message.getRisk(), message.getText(), ids(message.getTasksList()), message.getCritical());
  }

  private static List<TaskId> ids(List<String> tasks) {
    return tasks.stream().map(TaskId::new).toList();
  }
}
