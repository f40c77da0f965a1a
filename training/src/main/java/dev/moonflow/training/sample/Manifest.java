package dev.moonflow.training.sample;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a folder of shards holds: {@code manifest.json}, written last.
 *
 * @param format 1
 * @param seed of the run that made the folder
 * @param recipe hash of everything else that decides its content
 * @param records examples in all shards
 * @param categories examples of each category
 * @param shards in order
 */
public record Manifest(
    int format,
    long seed,
    String recipe,
    long records,
    SortedMap<String, Long> categories,
    List<ShardInfo> shards) {
  /** Name of the file. */
  public static final String FILE = "manifest.json";

  private static final int FORMAT = 1;
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

  /** The manifest of these shards. */
  public static Manifest of(long seed, String recipe, List<ShardInfo> shards) {
    SortedMap<String, Long> categories = new TreeMap<>();
    long records = 0;
    for (ShardInfo shard : shards) {
      records += shard.records();
      shard.categories().forEach((name, count) -> categories.merge(name, count, Long::sum));
    }
    return new Manifest(FORMAT, seed, recipe, records, categories, List.copyOf(shards));
  }

  /**
   * The manifest of a folder.
   *
   * @throws SampleException if there is none, or none that can be read
   */
  public static Manifest read(Path folder) {
    Path file = folder.resolve(FILE);
    Manifest manifest;
    try {
      manifest = JSON.readValue(Files.readAllBytes(file), Manifest.class);
    } catch (NoSuchFileException e) {
      throw new SampleException(
          Files.isDirectory(folder)
              ? folder
                  + " has no "
                  + FILE
                  + ": it is no folder of shards, or its making did not end; start the command that"
                  + " makes it once more"
              : "there is no folder " + folder + "; name one that moonflow data has made",
          e);
    } catch (JsonProcessingException e) {
      throw new SampleException(file + " cannot be read: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new SampleException(file + " cannot be read: " + FileProblem.words(e), e);
    }
    if (manifest.format != FORMAT || manifest.shards == null) {
      throw new SampleException(
          file + " has format " + manifest.format + "; this version reads format " + FORMAT);
    }
    return manifest;
  }

  /** Writes it into a folder, whole or not at all. */
  public void write(Path folder) throws IOException {
    Path temporary = folder.resolve(FILE + ".tmp");
    Files.write(temporary, JSON.writeValueAsBytes(this));
    Files.move(
        temporary,
        folder.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
