package dev.moonflow.training.data.filter;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.render.Images;
import dev.moonflow.training.sample.Part;
import dev.moonflow.training.sample.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What near-duplicate removal needs of an example.
 *
 * @param id of the example
 * @param order place in the corpus, see {@link StableOrder}
 * @param text hash of all of its words, roles aside
 * @param signature MinHash of the text; empty where it is too short
 * @param images perceptual hashes, two words each
 */
public record Fingerprint(String id, long order, long text, int[] signature, long[] images) {
  private static final int IMAGE_BANDS = 8;

  /** Images may differ in so many of 128 bits: then they share at least one band of 16. */
  public static final int IMAGE_DISTANCE_MAX = IMAGE_BANDS - 1;

  /** Texts are as good as equal from this Jaccard similarity of their shingles on. */
  public static final double TEXT_SIMILARITY_MIN = 0.8;

  /** The fingerprint of an example in a corpus ordered by a seed. */
  public static Fingerprint of(Sample sample, long seed) {
    StringBuilder words = new StringBuilder();
    List<long[]> hashes = new ArrayList<>();
    for (Part part : sample.parts()) {
      if (part instanceof Part.Image image) {
        hashes.add(PerceptualHash.of(Images.decode(image)));
      } else {
        words.append(((Part.Text) part).text()).append(' ');
      }
    }
    String text = words.toString().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ").strip();
    int[] signature = MinHash.signature(text);
    long[] images = new long[hashes.size() * 2];
    for (int i = 0; i < hashes.size(); i++) {
      images[2 * i] = hashes.get(i)[0];
      images[2 * i + 1] = hashes.get(i)[1];
    }
    return new Fingerprint(
        sample.id(),
        StableOrder.key(sample.id(), seed),
        Draw.key(text, 0, 0),
        signature == null ? new int[0] : signature,
        images);
  }

  /** Two near duplicates have at least one of these in common (texts: with high probability). */
  public long[] keys() {
    if (images.length > 0) {
      long[] keys = new long[IMAGE_BANDS];
      for (int band = 0; band < IMAGE_BANDS; band++) {
        long word = images[band / 4];
        keys[band] = Draw.mix((word >>> band % 4 * 16 & 0xffff) + 0x10000L * (band + 1));
      }
      return keys;
    }
    return signature.length > 0 ? MinHash.bandKeys(signature) : new long[] {Draw.mix(text)};
  }

  /** Whether the two say and show as good as the same. */
  public boolean isNear(Fingerprint other) {
    if (images.length != other.images.length) {
      return false;
    }
    for (int i = 0; i < images.length; i += 2) {
      int distance =
          Long.bitCount(images[i] ^ other.images[i])
              + Long.bitCount(images[i + 1] ^ other.images[i + 1]);
      if (distance > IMAGE_DISTANCE_MAX) {
        return false;
      }
    }
    if (signature.length == 0 || other.signature.length == 0) {
      return text == other.text;
    }
    return MinHash.similarity(signature, other.signature) >= TEXT_SIMILARITY_MIN;
  }

  /** Whether this one stays where the two exclude each other. */
  public boolean precedes(Fingerprint other) {
    return StableOrder.compare(order, id, other.order, other.id) < 0;
  }
}
