package dev.moonflow.model.synthetic;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moonflow.model.tokenizer.TokenizerWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The small files beside the weights of a model that is made here: tokenizer, preprocessor and
 * generation settings, with the values of the published checkpoints (SPEC sections 1.3, 3 and 9).
 */
public final class CompanionFiles {
  private static final ObjectMapper JSON = new ObjectMapper();

  private CompanionFiles() {}

  /**
   * Writes all of them, replacing those that are there.
   *
   * @param tokens ordinary tokens, rank by rank
   * @param patchSize p
   * @param inTokenLimit patches of an image above which it is scaled down
   */
  public static void write(Path dir, List<byte[]> tokens, int patchSize, int inTokenLimit)
      throws IOException {
    TokenizerWriter.write(dir, tokens);
    writePreprocessor(dir.resolve("preprocessor_config.json"), patchSize, inTokenLimit);
    ObjectNode generation = JSON.createObjectNode();
    generation.put("bos_token_id", special(tokens, "[BOS]"));
    generation.putArray("eos_token_id").add(special(tokens, "[EOS]"));
    generation.put("pad_token_id", special(tokens, "[PAD]"));
    writeJson(dir.resolve("generation_config.json"), generation);
  }

  /** The id of a special token of such a tokenizer. */
  public static int special(List<byte[]> tokens, String name) {
    return tokens.size() + TokenizerWriter.SPECIAL_OFFSETS.get(name);
  }

  private static void writePreprocessor(Path file, int patchSize, int inTokenLimit)
      throws IOException {
    ObjectNode node = JSON.createObjectNode();
    node.put("image_processor_type", "KimiVLImageProcessor");
    node.put("patch_size", patchSize);
    node.put("in_token_limit", inTokenLimit);
    node.put("pad_input", true);
    node.putArray("image_mean").add(0.5).add(0.5).add(0.5);
    node.putArray("image_std").add(0.5).add(0.5).add(0.5);
    node.putArray("merge_kernel_size").add(2).add(2);
    node.put("num_pooled_tokens", 1024);
    writeJson(file, node);
  }

  private static void writeJson(Path file, ObjectNode node) throws IOException {
    JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), node);
  }
}
