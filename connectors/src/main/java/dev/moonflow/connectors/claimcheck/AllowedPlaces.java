package dev.moonflow.connectors.claimcheck;

import dev.moonflow.connectors.claimcheck.PayloadRejectedException.Reason;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The places that a policy allows, and the judgement whether a URI lies below one of them.
 *
 * <p>A URI is compared part by part, not as text: {@code s3://bucket} does not allow {@code
 * s3://bucket-of-others}, and a path with {@code ..} in it is refused whatever it would lead to. In
 * local folders symbolic links are followed first.
 */
final class AllowedPlaces {
  private static final String FILE = "file";

  private final List<URI> folders = new ArrayList<>();

  AllowedPlaces(List<String> prefixes) {
    for (String prefix : prefixes) {
      try {
        folders.add(wellFormed(prefix));
      } catch (PayloadRejectedException e) {
        throw new IllegalArgumentException(
            "'" + prefix + "' is not a place for claim checks: " + e.getMessage(), e);
      }
    }
  }

  /** The URI of {@code text}, if it is well formed and lies below an allowed place. */
  URI check(String text) throws PayloadRejectedException, IOException {
    URI uri = wellFormed(text);
    if (folders.stream().noneMatch(folder -> isBelow(folder, uri))) {
      throw new PayloadRejectedException(
          Reason.NOT_ALLOWED,
          "the claim check points to "
              + text
              + ", which is outside the allowed places "
              + (folders.isEmpty() ? "(there are none)" : folders));
    }
    if (uri.getScheme().equals(FILE)) {
      checkLinks(uri, text);
    }
    return uri;
  }

  private static URI wellFormed(String text) throws PayloadRejectedException {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw malformed(text, "is not a URI", e);
    }
    if (!uri.isAbsolute() || uri.isOpaque() || uri.getPath() == null) {
      throw malformed(text, "is not an absolute URI with a path", null);
    }
    if (uri.getQuery() != null || uri.getFragment() != null || uri.getUserInfo() != null) {
      throw malformed(text, "has a query, a fragment or user information", null);
    }
    String path = uri.getPath();
    if (path.indexOf('\\') >= 0 || path.chars().anyMatch(Character::isISOControl)) {
      throw malformed(text, "has a backslash or a control character in its path", null);
    }
    for (String segment : path.split("/")) {
      if (segment.equals("..") || segment.equals(".")) {
        throw malformed(text, "has '" + segment + "' in its path", null);
      }
    }
    String authority = uri.getAuthority();
    try {
      return new URI(
          uri.getScheme().toLowerCase(Locale.ROOT),
          authority == null || authority.isEmpty() ? null : authority,
          path.isEmpty() ? "/" : path.replaceAll("/+", "/"),
          null,
          null);
    } catch (URISyntaxException e) {
      throw malformed(text, "is not a URI", e);
    }
  }

  private static boolean isBelow(URI folder, URI uri) {
    String path = folder.getPath();
    String asFolder = path.endsWith("/") ? path : path + "/";
    return folder.getScheme().equals(uri.getScheme())
        && Objects.equals(folder.getAuthority(), uri.getAuthority())
        && uri.getPath().startsWith(asFolder)
        && uri.getPath().length() > asFolder.length();
  }

  /** A link inside an allowed folder must not lead out of every allowed folder. */
  private void checkLinks(URI uri, String text) throws PayloadRejectedException, IOException {
    Path file = Path.of(uri.getPath());
    if (!file.toFile().exists()) {
      return;
    }
    Path real = file.toRealPath();
    for (URI folder : folders) {
      Path allowed = Path.of(folder.getPath());
      if (folder.getScheme().equals(FILE)
          && allowed.toFile().exists()
          && real.startsWith(allowed.toRealPath())) {
        return;
      }
    }
    throw new PayloadRejectedException(
        Reason.NOT_ALLOWED,
        "the claim check points to " + text + ", a link that leads outside the allowed places");
  }

  private static PayloadRejectedException malformed(String text, String what, Exception cause) {
    return new PayloadRejectedException(
        Reason.MALFORMED_CLAIM_CHECK, "the claim check's uri '" + text + "' " + what, cause);
  }
}
