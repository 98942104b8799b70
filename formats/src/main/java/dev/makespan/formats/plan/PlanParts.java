package dev.makespan.formats.plan;

import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Task;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * A plan as messages of bounded size, made one by one: all but the tasks first, then the tasks in
 * order. The bytes of all parts, one after the other, are the bytes of the plan as one message,
 * since that is how messages are merged. {@link PlanAssembly} puts them together.
 */
public final class PlanParts implements Iterator<dev.makespan.proto.plan.v1.Plan> {

  private final Plan plan;
  private final int partBytes;
  private boolean begun;
  private int next;

  /**
   * The parts of {@code plan}.
   *
   * @param partBytes a part ends with the task that makes it as large
   */
  public PlanParts(Plan plan, int partBytes) {
    this.plan = plan;
    this.partBytes = partBytes;
  }

  @Override
  public boolean hasNext() {
    return !begun || next < plan.tasks().size();
  }

  @Override
  public dev.makespan.proto.plan.v1.Plan next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the plan has no more parts");
    }
    var part = begun ? dev.makespan.proto.plan.v1.Plan.newBuilder() : PlanProto.frame(plan);
    boolean first = !begun;
    begun = true;
    int bytes = 0;
    while (!first && bytes < partBytes && next < plan.tasks().size()) {
      Task task = plan.tasks().get(next++);
      var message = TaskProto.toProto(task);
      bytes += message.getSerializedSize();
      part.addTasks(message);
    }
    return part.build();
  }
}
