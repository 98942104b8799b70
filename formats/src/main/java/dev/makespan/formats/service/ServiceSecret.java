package dev.makespan.formats.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * What services know and agents do not, so that a door that both reach tells them apart. Never
 * shown; a class, since a record would print it.
 */
public final class ServiceSecret {

  /** In it a call bears the secret, after {@link #SCHEME}. */
  public static final String HEADER = "authorization";

  private static final String SCHEME = "Bearer ";

  /** Shorter ones are guessed. */
  private static final int MIN_LENGTH = 16;

  private static final int MAX_LENGTH = 1_024;

  private final byte[] header;

  private ServiceSecret(String secret) {
    this.header = (SCHEME + secret).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Of a configuration.
   *
   * @param text the secret itself
   * @param file that holds it, as secrets are mounted; a line's end behind it does not count
   * @return empty: there is none
   * @throws IllegalArgumentException when it is too short, or no word
   */
  public static Optional<ServiceSecret> of(Optional<String> text, Optional<Path> file) {
    Optional<String> found = text.or(() -> file.map(ServiceSecret::read)).map(String::strip);
    return found.filter(secret -> !secret.isEmpty()).map(ServiceSecret::checked);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("the service secret's file can't be read: " + file, e);
    }
  }

  private static ServiceSecret checked(String secret) {
    boolean isWord = secret.chars().allMatch(c -> c > ' ' && c < 0x7f);
    if (!isWord || secret.length() < MIN_LENGTH || secret.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "service secret: expected %d to %d printable ASCII characters without spaces, was something else"
              .formatted(MIN_LENGTH, MAX_LENGTH));
    }
    return new ServiceSecret(secret);
  }

  /** What {@link #HEADER} has to say. */
  public String header() {
    return new String(header, StandardCharsets.UTF_8);
  }

  /** Whether {@code said} is it; how long that takes tells nothing of how it differs. */
  public boolean isSaid(String said) {
    return MessageDigest.isEqual(header, said.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "a service secret";
  }
}
