package dev.moonflow.model.engine;

import dev.moonflow.model.language.LanguageModel;
import java.util.Arrays;
import java.util.List;

/**
 * The embedded sequence of one request, read from front to back (SPEC section 7): rows of the
 * embedding, and rows of image features at the media tokens of the prompt. A resumed or generated
 * id is embedded as it is, also the id of the placeholder.
 */
final class PromptEmbedding {
  private final LanguageModel language;
  private final int mediaTokenId;
  private final int promptLength;
  private final int[] ids;
  private List<float[]> features = List.of();
  private int image; // the image whose row comes next
  private int row; // that row
  private int last = -1; // the newest generated token

  PromptEmbedding(EngineModel model, int[] prompt, int[] resumed) {
    language = model.language();
    mediaTokenId = model.mediaTokenId();
    promptLength = prompt.length;
    ids = Arrays.copyOf(prompt, prompt.length + resumed.length);
    System.arraycopy(resumed, 0, ids, prompt.length, resumed.length);
  }

  /** Prompt and resumed tokens. */
  int length() {
    return ids.length;
  }

  /** Sets the rows of all images, [M_i, H] each. */
  void setFeatures(List<float[]> rows) {
    features = List.copyOf(rows);
  }

  /** Sets the token to decode. */
  void setLast(int token) {
    last = token;
    features = List.of(); // the prompt is in the cache
  }

  /** Writes the row of the token to decode. */
  void readLast(float[] target, int offset) {
    language.embed(new int[] {last}, 0, 1, target, offset);
  }

  /**
   * Writes the rows of {@code [from, from + count)}, which begins where the last call ended.
   *
   * @param target [count, H] from {@code offset}
   */
  void read(int from, int count, float[] target, int offset) {
    int hidden = language.config().hiddenSize();
    int end = from + count;
    for (int at = from; at < end; ) {
      int to = at;
      boolean media = isMedia(at);
      while (to < end && isMedia(to) == media) {
        to++;
      }
      if (media) {
        readFeatures(to - at, target, offset + (at - from) * hidden);
      } else {
        language.embed(ids, at, to - at, target, offset + (at - from) * hidden);
      }
      at = to;
    }
  }

  private boolean isMedia(int at) {
    return at < promptLength && ids[at] == mediaTokenId;
  }

  private void readFeatures(int count, float[] target, int offset) {
    int hidden = language.config().hiddenSize();
    for (int i = 0; i < count; i++) {
      while (row * hidden == features.get(image).length) {
        image++;
        row = 0;
      }
      System.arraycopy(features.get(image), row * hidden, target, offset + i * hidden, hidden);
      row++;
    }
  }
}
