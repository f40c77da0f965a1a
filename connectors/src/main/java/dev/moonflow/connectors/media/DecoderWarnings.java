package dev.moonflow.connectors.media;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/**
 * The warnings of one decoding, of which some mean that pixels were invented: ImageIO fills what it
 * cannot read with grey and calls that a warning.
 */
final class DecoderWarnings implements IIOReadWarningListener {
  private static final List<String> PIXELS_ARE_MISSING =
      List.of("premature end", "unexpected end", "eof", "truncated", "bad huffman", "resync");

  private String damage;

  @Override
  public void warningOccurred(ImageReader source, String warning) {
    String lower = warning.toLowerCase(Locale.ROOT);
    if (damage == null && PIXELS_ARE_MISSING.stream().anyMatch(lower::contains)) {
      damage = warning;
    }
  }

  /** The first warning after which the image cannot be trusted. */
  Optional<String> damage() {
    return Optional.ofNullable(damage);
  }
}
