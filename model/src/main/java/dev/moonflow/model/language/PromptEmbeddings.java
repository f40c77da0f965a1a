package dev.moonflow.model.language;

/** Merging image features into the embedded prompt (SPEC section 7). */
public final class PromptEmbeddings {
  private PromptEmbeddings() {}

  /**
   * Embeds a prompt and puts image features in place of the placeholders, in order of appearance.
   *
   * @param ids the prompt, placeholders expanded
   * @param mediaTokenId the placeholder
   * @param features [rows, H] of all images one after the other; empty where there is none
   * @return [ids, H]
   * @throws IllegalArgumentException if there are not as many rows as placeholders
   */
  public static float[] merge(LanguageModel model, int[] ids, int mediaTokenId, float[] features) {
    int hidden = model.config().hiddenSize();
    int placeholders = 0;
    for (int id : ids) {
      placeholders += id == mediaTokenId ? 1 : 0;
    }
    if ((long) placeholders * hidden != features.length) {
      throw new IllegalArgumentException(
          "the prompt has %d media tokens and the images have %s feature rows"
              .formatted(placeholders, features.length / (double) hidden));
    }
    float[] merged = new float[Math.multiplyExact(ids.length, hidden)];
    int next = 0;
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] == mediaTokenId) {
        System.arraycopy(features, next, merged, i * hidden, hidden);
        next += hidden;
      } else {
        model.embed(ids, i, 1, merged, i * hidden);
      }
    }
    return merged;
  }
}
