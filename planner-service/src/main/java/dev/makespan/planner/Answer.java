package dev.makespan.planner;

import java.util.function.Function;

/** What a use case says: a value, or why not. */
public sealed interface Answer<T> {

  /** It was done. */
  record Given<T>(T value) implements Answer<T> {}

  /** It was not done, and nothing has changed. */
  record Refused<T>(Refusal refusal) implements Answer<T> {}

  static <T> Answer<T> of(T value) {
    return new Given<>(value);
  }

  static <T> Answer<T> refused(Refusal refusal) {
    return new Refused<>(refusal);
  }

  default <U> Answer<U> map(Function<? super T, ? extends U> change) {
    return then(value -> of(change.apply(value)));
  }

  default <U> Answer<U> then(Function<? super T, Answer<U>> next) {
    return switch (this) {
      case Given<T>(T value) -> next.apply(value);
      case Refused<T>(Refusal refusal) -> refused(refusal);
    };
  }
}
