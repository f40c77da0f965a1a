package dev.moonflow.kernels.math;

/**
 * Where the compressed KV of {@value #TOKENS} tokens lies in a page (SPEC section 8.1): for each
 * layer and token the normed latent, r values, and the rotated rope key, d values.
 *
 * <pre>
 *   page    | layer 0 | layer 1 | ...                        one float array
 *   layer   | keys                          | values         |
 *   keys    | panel 0     | 1 | 2 | 3 |                       a panel is 16 tokens
 *   panel   | component 0 of tokens 0..15 | component 1 | ... | component r + d - 1 |
 *   values  | token 0: latent, r values, filled up to R | token 1 | ... | token 63 |
 * </pre>
 *
 * <p>The latent is there twice. As a key each lane must be one token, as a value each lane one
 * component: so both products of attention reduce in a fixed order without moving data. Slots of
 * tokens that are not written yet hold anything.
 *
 * @param layers layers of the model
 * @param rank r, width of the latent
 * @param rope d, width of the rope key
 */
public record LatentLayout(int layers, int rank, int rope) {
  /** Tokens of a page. */
  public static final int TOKENS = 64;

  public LatentLayout {
    if (layers < 1 || rank < 1 || rope < 0) {
      throw new IllegalArgumentException(
          "a KV page needs layers and a latent, got " + layers + ", " + rank + ", " + rope);
    }
    long size = layers * (TOKENS * ((long) rank + rope) + (long) TOKENS * padded(rank));
    if (size > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException("a KV page of " + size + " values is too large");
    }
  }

  /** r + d: values of one token and layer. */
  public int width() {
    return rank + rope;
  }

  /** Floats of a page. */
  public int pageSize() {
    return layers * layerSize();
  }

  /** Stores one token: {@code row} is its latent and then its rope key, from {@code offset}. */
  public void write(float[] page, int layer, int slot, float[] row, int offset) {
    int key = keys(layer) + slot / Lanes.PANEL * keyPanel() + slot % Lanes.PANEL;
    for (int i = 0; i < width(); i++) {
      page[key + i * Lanes.PANEL] = row[offset + i];
    }
    System.arraycopy(row, offset, page, values(layer) + slot * valueStride(), rank);
  }

  /** Copies the first tokens of a page, in all layers; later slots are left holding anything. */
  public void copy(float[] from, float[] to, int tokens) {
    int keys = Lanes.panels(tokens) * keyPanel();
    int values = tokens * valueStride();
    for (int layer = 0; layer < layers; layer++) {
      System.arraycopy(from, keys(layer), to, keys(layer), keys);
      System.arraycopy(from, values(layer), to, values(layer), values);
    }
  }

  /** First key of a layer. */
  int keys(int layer) {
    return layer * layerSize();
  }

  /** First value of a layer. */
  int values(int layer) {
    return keys(layer) + TOKENS * width();
  }

  /** From one panel of keys to the next. */
  int keyPanel() {
    return width() * Lanes.PANEL;
  }

  /** From one token's values to the next. */
  int valueStride() {
    return padded(rank);
  }

  private int layerSize() {
    return TOKENS * width() + TOKENS * padded(rank);
  }

  private static int padded(int rank) {
    return Lanes.panels(rank) * Lanes.PANEL;
  }
}
