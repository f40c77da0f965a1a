package dev.moonflow.model.checkpoint;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code generation_config.json}, as far as it matters here.
 *
 * @param eosTokenIds ids that end a generation; one number or a list in the file
 */
public record GenerationConfig(List<Integer> eosTokenIds) {
  public GenerationConfig {
    eosTokenIds = List.copyOf(eosTokenIds);
  }

  /** Reads a file; a missing file or field declares no ids. */
  public static GenerationConfig read(Path file) {
    if (!Files.exists(file)) {
      return new GenerationConfig(List.of());
    }
    JsonFields json = JsonFields.read(file);
    return new GenerationConfig(
        json.has("eos_token_id") ? json.integers("eos_token_id") : List.of());
  }
}
