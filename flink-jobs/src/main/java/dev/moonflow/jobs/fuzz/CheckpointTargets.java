package dev.moonflow.jobs.fuzz;

import dev.moonflow.model.chat.ChatTemplate;
import dev.moonflow.model.checkpoint.Checkpoint;
import dev.moonflow.model.checkpoint.CheckpointException;
import dev.moonflow.model.checkpoint.DType;
import dev.moonflow.model.checkpoint.GenerationConfig;
import dev.moonflow.model.checkpoint.TextConfig;
import dev.moonflow.model.checkpoint.VisionConfig;
import dev.moonflow.model.image.PreprocessorConfig;
import dev.moonflow.model.synthetic.SyntheticCheckpoint;
import dev.moonflow.model.synthetic.SyntheticSpec;
import dev.moonflow.model.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The files of a model folder, one broken at a time. */
final class CheckpointTargets {
  static final FuzzTarget.Allocation ALLOCATION = new FuzzTarget.Allocation(24L << 20, 200);

  private final Path folder;

  CheckpointTargets(Path folder) {
    this.folder = folder;
  }

  void addTo(Map<String, FuzzTargets.Maker> makers) {
    makers.put(
        "config",
        () -> file("config", "config.json", dir -> openWhole(dir), CheckpointException.class));
    makers.put(
        "generation-config",
        () ->
            file(
                "generation-config",
                "generation_config.json",
                dir -> GenerationConfig.read(dir.resolve("generation_config.json")),
                CheckpointException.class));
    makers.put(
        "preprocessor-config",
        () ->
            file(
                "preprocessor-config",
                PreprocessorConfig.FILE_NAME,
                PreprocessorConfig::read,
                IOException.class,
                IllegalArgumentException.class));
    makers.put(
        "tokenizer",
        () ->
            file(
                "tokenizer",
                "tiktoken.model",
                CheckpointTargets::tokenize,
                CheckpointException.class));
    makers.put(
        "tokenizer-config",
        () ->
            file(
                "tokenizer-config",
                "tokenizer_config.json",
                CheckpointTargets::tokenize,
                CheckpointException.class));
  }

  /** A small checkpoint of its own for each target. */
  static Path checkpoint(Path folder, String name) throws IOException {
    Path dir = Files.createDirectories(folder.resolve(name));
    SyntheticCheckpoint.write(dir, spec());
    return dir;
  }

  /** The least that is a model. */
  static SyntheticSpec spec() {
    VisionConfig vision = new VisionConfig(16, 1, 2, 32, 14, 4, 4, 2);
    TextConfig text =
        new TextConfig(
            0, 16, 2, 2, 8, 8, 4, 8, 32, 16, 4, 2, 1, 1, 1, true, 2.446f, 10_000.0, 1e-5f, 1, 4_096,
            false);
    return new SyntheticSpec(vision, text, 8, DType.BF16, 1_024, 5);
  }

  private static void openWhole(Path dir) {
    try (Checkpoint checkpoint = Checkpoint.open(dir)) {
      checkpoint.requireAll();
    }
  }

  private static void tokenize(Path dir) {
    Tokenizer tokenizer = Tokenizer.load(dir);
    new ChatTemplate(tokenizer, tokenizer.requiredSpecial("<|media_pad|>"));
    tokenizer.decode(tokenizer.encode("The quick brown fox, 1234."));
  }

  /** What a folder is used for. */
  private interface Use {
    void of(Path dir) throws Exception;
  }

  @SafeVarargs
  private FuzzTarget file(
      String name, String fileName, Use use, Class<? extends Exception>... refusals)
      throws IOException {
    Path dir = checkpoint(folder, name);
    Path file = dir.resolve(fileName);
    return new FuzzTarget(
        name,
        List.of(Files.readAllBytes(file)),
        FuzzTargets.words(
            "{",
            "}",
            ":",
            "\"",
            "null",
            "\"text_config\"",
            "\"num_hidden_layers\"",
            "\"vocab_size\"",
            "\"added_tokens_decoder\"",
            "\"content\"",
            "IA== 16777215\n",
            "= 0\n",
            "AAAA -1\n"),
        true,
        UnaryOperator.identity(),
        Set.of(refusals),
        ALLOCATION,
        bytes -> {
          Files.write(file, bytes);
          use.of(dir);
        });
  }
}
