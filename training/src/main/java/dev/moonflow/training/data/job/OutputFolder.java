package dev.moonflow.training.data.job;

import dev.moonflow.training.sample.FileProblem;
import dev.moonflow.training.sample.Manifest;
import dev.moonflow.training.sample.SampleException;
import dev.moonflow.training.sample.ShardInfo;
import dev.moonflow.training.sample.ShardSetWriter;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder that shards are written into by one recipe, in as many starts as it takes. {@code
 * recipe.sha256} is written first and says what the folder is being made from; the manifest last.
 *
 * @param path absolute
 * @param shards files at most
 */
public record OutputFolder(String path, int shards) implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String BEGUN = "recipe.sha256";

  /** The folder of a path. */
  public static OutputFolder of(Path folder, int shards) {
    return new OutputFolder(folder.toAbsolutePath().toString(), shards);
  }

  /**
   * Takes the folder for a recipe.
   *
   * @return whether it is finished already
   * @throws SampleException if something else is in it
   */
  public boolean claim(String recipe) throws IOException {
    Path folder = Path.of(path);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new SampleException(
          "the folder %s cannot be made (%s); choose a place for it where you may write"
              .formatted(folder, FileProblem.words(e)),
          e);
    }
    Path begun = folder.resolve(BEGUN);
    if (Files.exists(begun)) {
      if (!Files.readString(begun).strip().equals(recipe)) {
        throw new SampleException(
            folder
                + " was begun with other settings; repeat those, choose another folder or remove it");
      }
      return Files.exists(folder.resolve(Manifest.FILE));
    }
    try (var files = Files.list(folder)) {
      if (files.anyMatch(file -> !file.getFileName().toString().startsWith(TopicRange.FILE))) {
        throw new SampleException(
            folder + " is not empty and was not begun by this command; choose another folder");
      }
    }
    Files.write(begun, (recipe + "\n").getBytes(StandardCharsets.UTF_8));
    return false;
  }

  /** Where a shard goes. */
  public Path file(int shard) {
    return Path.of(path).resolve(ShardSetWriter.shardName(shard));
  }

  /** Whether a shard is there; it appears whole or not at all. */
  public boolean isFinished(int shard) {
    return Files.exists(file(shard));
  }

  /** Reads every shard once more and writes the manifest. */
  public Manifest finish(long seed, String recipe) throws IOException {
    List<ShardInfo> found = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      if (isFinished(shard)) {
        found.add(ShardInfo.of(file(shard)));
      }
    }
    Manifest manifest = Manifest.of(seed, recipe, found);
    manifest.write(Path.of(path));
    return manifest;
  }

  /** How many shards are there; 0 while there is no folder. */
  public long finished() throws IOException {
    try (var files = Files.list(Path.of(path))) {
      return files.filter(file -> file.toString().endsWith(".avro")).count();
    } catch (NoSuchFileException e) {
      return 0;
    }
  }
}
