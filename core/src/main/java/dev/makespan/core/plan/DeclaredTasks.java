package dev.makespan.core.plan;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of tasks before they are read, by numbers from 0 in the order of the file. A second
 * task of an id has a number too, but the id means the first.
 */
final class DeclaredTasks {

  /** What {@link #find} answers for an id that no task has. */
  static final int NONE = TextNumbers.NONE;

  private final TextNumbers numbers;
  private final @Nullable Need[] needs;
  private final List<List<String>> milestones;

  /** {@code most}: how many may be added. Arrays, since lists look at what they hand out. */
  DeclaredTasks(int most) {
    this.numbers = new TextNumbers(most);
    this.needs = new Need[most];
    this.milestones = new ArrayList<>(most);
  }

  void add(String id, List<String> milestones) {
    needs[numbers.size()] = Names.isId(id) ? Need.of(new TaskId(id)) : null;
    numbers.add(id);
    this.milestones.add(milestones);
  }

  int size() {
    return numbers.size();
  }

  int find(String id) {
    return numbers.find(id);
  }

  boolean has(String id) {
    return find(id) != NONE;
  }

  List<String> ids() {
    return numbers.texts();
  }

  /** One object for all that need the whole task; null: its id is not written as one. */
  @Nullable Need need(int number) {
    return needs[number];
  }

  /** One object for all that refer to the task; null as the need is. */
  @Nullable TaskId id(int number) {
    Need need = needs[number];
    return need == null ? null : need.task();
  }

  List<String> milestones(int number) {
    return milestones.get(number);
  }
}
