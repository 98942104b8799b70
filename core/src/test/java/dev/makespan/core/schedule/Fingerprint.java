package dev.makespan.core.schedule;

/** Many numbers as one short word. */
final class Fingerprint {

  private long value = 17;

  Fingerprint add(long... numbers) {
    for (long number : numbers) {
      value = (value ^ number) * 0x9E3779B97F4A7C15L;
      value ^= value >>> 32;
    }
    return this;
  }

  Fingerprint add(int... numbers) {
    for (int number : numbers) {
      add((long) number);
    }
    return this;
  }

  Fingerprint add(String text) {
    return add(text.chars().toArray());
  }

  @Override
  public String toString() {
    return Long.toHexString(value >>> 32);
  }
}
