package dev.makespan.examples.upload;

/** The bytes are no picture that variants can be made of. The message says why, for people. */
final class BrokenPicture extends Exception {

  private static final long serialVersionUID = 1;

  BrokenPicture(String message) {
    super(message);
  }

  BrokenPicture(String message, Throwable cause) {
    super(message, cause);
  }
}
