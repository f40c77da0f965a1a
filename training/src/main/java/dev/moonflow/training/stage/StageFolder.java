package dev.moonflow.training.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folder of a stage in a run's output. */
final class StageFolder {
  private static final String OURS =
      "checkpoint-\\d+|\\.checkpoint-\\d+\\.part|start|policy|rollouts|warmup|metrics\\.csv|curves\\.png|report\\.json"
          + "|events\\..*|config\\.json|model\\.safetensors|tiktoken\\.model|tokenizer_config\\.json"
          + "|preprocessor_config\\.json|generation_config\\.json";

  private StageFolder() {}

  /** Removes what training wrote there, and nothing else. */
  static void clear(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    for (Path entry : entries(folder)) {
      if (entry.getFileName().toString().matches(OURS)) {
        delete(entry);
      }
    }
  }

  private static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
