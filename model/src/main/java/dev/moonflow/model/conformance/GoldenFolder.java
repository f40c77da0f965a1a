package dev.moonflow.model.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder of golden values: a checkpoint, inputs, and the expected values of every stage. Paths
 * are given relative to the folder, with {@code /}. It remembers what was read, so that a run can
 * say which values it did not look at. Used by one thread.
 */
public final class GoldenFolder {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path root;
  private final Set<Path> read = new HashSet<>();

  /** The golden values under a folder, which need not exist yet. */
  public GoldenFolder(Path root) {
    this.root = root;
  }

  /** The folder. */
  public Path root() {
    return root;
  }

  /** The folder of the F32 checkpoint, with its configuration and tokenizer. */
  public Path checkpoint() {
    return root.resolve("checkpoint");
  }

  /** The folder of the same weights rounded to BF16, in shards. */
  public Path shardedCheckpoint() {
    return root.resolve("checkpoint_bf16_sharded");
  }

  /** Where a file of this folder is, whether or not it exists. */
  public Path path(String relative) {
    Path file = root.resolve(relative);
    read.add(file.normalize());
    return file;
  }

  /** Whether the folder holds this file or folder. */
  public boolean has(String relative) {
    return Files.exists(root.resolve(relative));
  }

  /**
   * Whether the folder holds all of these; if not, adds one skipped line that names the first that
   * is missing.
   */
  public boolean hasAll(Report report, String... relatives) {
    for (String relative : relatives) {
      if (!has(relative)) {
        report.skipped(relative, "not in this folder");
        return false;
      }
    }
    return true;
  }

  /** Every tensor of a safetensors file. */
  public GoldenTensors tensors(String relative) throws IOException {
    return GoldenTensors.read(path(relative));
  }

  /** A JSON file. */
  public JsonNode json(String relative) throws IOException {
    Path file = path(relative);
    try {
      return JSON.readTree(Files.readAllBytes(file));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IOException(file + " is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** A PNG file, in the samples that it stores. */
  public GoldenImage image(String relative) throws IOException {
    return GoldenImage.read(path(relative));
  }

  /**
   * The names of the files of a folder that end in a suffix, without the suffix, in order; empty
   * when there is no such folder.
   */
  public List<String> names(String folder, String suffix) throws IOException {
    List<String> names = new ArrayList<>();
    if (!Files.isDirectory(root.resolve(folder))) {
      return names;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(root.resolve(folder))) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (name.endsWith(suffix)) {
          names.add(name.substring(0, name.length() - suffix.length()));
        }
      }
    }
    names.sort(null);
    return names;
  }

  /**
   * Files of expected values that nothing has read: safetensors and JSON in a folder of their own,
   * checkpoints apart; relative to the root, in order.
   */
  List<String> unread() throws IOException {
    try (Stream<Path> files = Files.walk(root, 2)) {
      return files
          .filter(file -> root.relativize(file).getNameCount() == 2)
          .filter(file -> !file.getParent().getFileName().toString().startsWith("checkpoint"))
          .filter(file -> file.toString().matches(".*\\.(safetensors|json)"))
          .filter(file -> !read.contains(file.normalize()))
          .map(file -> root.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
