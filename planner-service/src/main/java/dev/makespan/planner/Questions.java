package dev.makespan.planner;

import java.util.Optional;

/** Questions about stored plans, and their answers. */
public final class Questions {

  /**
   * A question that is being answered.
   *
   * @param opened the plan that was asked about
   * @param question with nothing open
   * @param computation to be closed
   */
  public record Posed(Plans.Opened opened, Question question, Computations.Asked computation) {
    public StoredPlan plan() {
      return opened.stored();
    }
  }

  /**
   * An answer.
   *
   * @param question with nothing open
   */
  public record Answered(Plans.Opened opened, Question question, Result result) {
    public StoredPlan plan() {
      return opened.stored();
    }
  }

  private final Plans plans;
  private final Computations computations;
  private final ResultStore results;

  Questions(Plans plans, Computations computations, ResultStore results) {
    this.plans = plans;
    this.computations = computations;
    this.results = results;
  }

  /**
   * Poses a question about a stored version; 0 is the newest. Returns before it is answered, unless
   * the answer is known.
   *
   * @param onChange called from any thread when the progress has changed or it is over
   */
  public Answer<Posed> pose(String name, int version, Question question, Runnable onChange) {
    return plans.plan(name, version).then(opened -> pose(opened, question, onChange));
  }

  /** As {@link #pose}, and blocks until it is answered. */
  public Answer<Answered> answer(String name, int version, Question question) {
    return plans.plan(name, version).then(opened -> answer(opened, question));
  }

  /** As above, of a plan that need not be stored. */
  Answer<Answered> answer(Plans.Opened opened, Question question) {
    return pose(opened, question, () -> {}).then(Questions::await);
  }

  /** Whether a question means the same as a complete one; true when its plan is deleted. */
  boolean isSame(Operation.StoredName plan, Question question, Question complete) {
    return switch (plans
        .plan(plan.name(), plan.version())
        .then(opened -> QuestionCheck.complete(question, opened.plan()))) {
      case Answer.Given<Question>(Question completed) -> completed.equals(complete);
      case Answer.Refused<Question>(Refusal refusal) -> refusal.kind() == Refusal.Kind.NOT_FOUND;
    };
  }

  /** The answer that is kept; empty: there is none. */
  Optional<Result> findAnswer(String contentHash, Question complete) {
    return results.findResult(Computations.keyOf(contentHash, complete));
  }

  private Answer<Posed> pose(Plans.Opened opened, Question question, Runnable onChange) {
    return QuestionCheck.complete(question, opened.plan())
        .then(complete ->
            computations
                .ask(opened, complete, onChange)
                .map(asked -> new Posed(opened, complete, asked)));
  }

  private static Answer<Answered> await(Posed posed) {
    try (Computations.Asked asked = posed.computation()) {
      return asked.outcome().map(result -> new Answered(posed.opened(), posed.question(), result));
    }
  }
}
