package dev.moonflow.model.checkpoint;

import java.nio.file.Path;

/**
 * {@code config.json}: what the model is built from (SPEC section 1).
 *
 * @param vision the vision tower
 * @param text the language model
 * @param mediaTokenId the id whose embeddings are replaced by image features
 */
public record KimiVlConfig(VisionConfig vision, TextConfig text, int mediaTokenId) {

  /**
   * Reads and checks a file.
   *
   * @throws CheckpointException naming the field and its value if one is missing, out of range or
   *     asks for something that is not built
   */
  public static KimiVlConfig read(Path file) {
    JsonFields json = JsonFields.read(file);
    json.requireSupported("model_type", "kimi_vl");
    TextConfig text = TextConfig.of(json.object("text_config"));
    if (json.has("tie_word_embeddings")
        && json.bool("tie_word_embeddings") != text.tiedEmbeddings()) {
      throw json.bad("tie_word_embeddings", "must equal text_config.tie_word_embeddings");
    }
    VisionConfig vision = VisionConfig.of(json.object("vision_config"));
    int media = json.integer("media_placeholder_token_id", 0);
    if (media >= text.vocabSize()) {
      throw json.bad(
          "media_placeholder_token_id", "must be below text_config.vocab_size " + text.vocabSize());
    }
    if (json.has("vocab_size") && json.integer("vocab_size", 1) != text.vocabSize()) {
      throw json.bad("vocab_size", "must equal text_config.vocab_size " + text.vocabSize());
    }
    return new KimiVlConfig(vision, text, media);
  }
}
