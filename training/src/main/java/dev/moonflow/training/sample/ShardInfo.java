package dev.moonflow.training.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A finished shard as a manifest lists it.
 *
 * @param file name within the folder
 * @param records examples in it
 * @param bytes length of the file
 * @param sha256 of the file, 64 lower-case hexadecimal digits
 * @param categories examples of each category, such as {@code ocr}
 */
public record ShardInfo(
    String file, long records, long bytes, String sha256, SortedMap<String, Long> categories) {

  /**
   * What a finished shard holds, by reading all of it.
   *
   * @throws SampleException if it is damaged
   */
  public static ShardInfo of(Path shard) {
    try (ShardReader reader = new ShardReader(shard)) {
      SortedMap<String, Long> categories = new TreeMap<>();
      for (Sample sample : reader) {
        categories.merge(SampleCodec.name(sample.category()), 1L, Long::sum);
      }
      return new ShardInfo(
          shard.getFileName().toString(),
          reader.size(),
          Files.size(shard),
          Digests.hex(shard),
          categories);
    } catch (IOException e) {
      throw new UncheckedIOException("reading shard " + shard, e);
    }
  }
}
