package dev.moonflow.training.data.filter;

import dev.moonflow.training.data.Draw;
import java.util.Arrays;
import java.util.Locale;

/**
 * MinHash (Broder 1997) over word shingles: the share of equal values of two signatures estimates
 * the Jaccard similarity of the texts. Bands of rows make the keys of locality-sensitive hashing: a
 * pair of similarity s shares one with probability 1 - (1 - s^{@link #ROWS})^{@link #BANDS}, which
 * is 0.5 near s = 0.66 and above 0.99 at 0.85.
 */
public final class MinHash {
  /** Bands of a signature. */
  public static final int BANDS = 16;

  /** Values of a band. */
  public static final int ROWS = 6;

  private static final int SHINGLE_WORDS = 3;

  private MinHash() {}

  /** The signature of a text; null where it has too few words to be compared. */
  public static int[] signature(String text) {
    String[] words = text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+");
    if (words.length < SHINGLE_WORDS + 1) {
      return null;
    }
    int[] least = new int[BANDS * ROWS];
    Arrays.fill(least, Integer.MAX_VALUE);
    for (int i = 0; i + SHINGLE_WORDS <= words.length; i++) {
      long hash = 0;
      for (int j = 0; j < SHINGLE_WORDS; j++) {
        hash = Draw.mix(hash * 31 + words[i + j].hashCode() + 0x9E3779B97F4A7C15L);
      }
      for (int k = 0; k < least.length; k++) {
        int value = (int) Draw.mix(hash + k * 0xD1B54A32D192ED03L) & Integer.MAX_VALUE;
        least[k] = Math.min(least[k], value);
      }
    }
    return least;
  }

  /** The key of each band; texts that share one are compared. */
  public static long[] bandKeys(int[] signature) {
    long[] keys = new long[BANDS];
    for (int band = 0; band < BANDS; band++) {
      long key = band;
      for (int row = 0; row < ROWS; row++) {
        key = Draw.mix(key * 0x9E3779B97F4A7C15L + signature[band * ROWS + row]);
      }
      keys[band] = key;
    }
    return keys;
  }

  /** Estimated Jaccard similarity, 0 to 1. */
  public static double similarity(int[] a, int[] b) {
    int equal = 0;
    for (int i = 0; i < a.length; i++) {
      equal += a[i] == b[i] ? 1 : 0;
    }
    return (double) equal / a.length;
  }
}
