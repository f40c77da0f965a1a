package dev.moonflow.training.trainer.recipe;

import dev.moonflow.model.checkpoint.TextConfig;
import dev.moonflow.model.checkpoint.VisionConfig;
import java.nio.file.Path;
import java.util.List;

/** Where the weights of a run come from. */
public sealed interface ModelSection {

  /**
   * A folder that is there.
   *
   * @param folder a checkpoint in the Hugging Face form
   */
  record From(Path folder) implements ModelSection {}

  /**
   * A model made from nothing.
   *
   * @param vision shape of the tower
   * @param text shape of the language model; its vocabulary is what the tokenizer comes to
   * @param inTokenLimit patches of an image above which it is scaled down
   * @param merges tokens to learn besides the 256 bytes
   * @param tokenizerTexts files to learn them from; if there are none, samples of the data
   * @param tokenizerSamples samples to take from the data of each stage for that
   */
  record Create(
      VisionConfig vision,
      TextConfig text,
      int inTokenLimit,
      int merges,
      List<Path> tokenizerTexts,
      int tokenizerSamples)
      implements ModelSection {}
}
