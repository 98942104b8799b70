package dev.makespan.gateway.records.s3;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which store it is. Who one is there comes from the environment, as the store's own tools take it,
 * and is never a part of this.
 *
 * @param prefix of all keys; empty, or ends with a slash
 * @param endpoint empty: Amazon's of the region
 * @param publicEndpoint where links lead to; empty: the endpoint
 * @param pathStyle whether the bucket stands in the path and not in the host's name
 */
public record S3Settings(
    String bucket,
    String prefix,
    Optional<URI> endpoint,
    Optional<URI> publicEndpoint,
    String region,
    boolean pathStyle) {

  private static final Pattern PLACE =
      Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/([A-Za-z0-9._/-]*))?");
  private static final int MAX_PREFIX = 256;

  /** Whether records are to be kept in such a store. */
  public static boolean isMeant(String place) {
    return place.startsWith("s3:");
  }

  /**
   * Of {@code s3://bucket/prefix}.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static S3Settings of(
      String place,
      Optional<URI> endpoint,
      Optional<URI> publicEndpoint,
      String region,
      boolean pathStyle) {
    Matcher parts = PLACE.matcher(place);
    if (!parts.matches() || place.contains("..") || place.length() > MAX_PREFIX) {
      throw new IllegalArgumentException(
          // Not shown: somebody may have written a secret into it.
          "expected s3://bucket/prefix with letters, digits, '.', '-', '_' and '/', was another");
    }
    String path = parts.group(2) == null ? "" : parts.group(2).replaceAll("^/+|/+$", "");
    return new S3Settings(
        parts.group(1),
        path.isEmpty() ? "" : path + "/",
        endpoint,
        publicEndpoint,
        region,
        pathStyle);
  }
}
