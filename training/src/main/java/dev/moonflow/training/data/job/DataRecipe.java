package dev.moonflow.training.data.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.moonflow.training.sample.Digests;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Everything that decides what a job writes.
 *
 * @param origin where examples come from
 * @param seed of generation, augmentation and order
 * @param shards files to write, at least 1
 * @param fonts families to draw with; empty for the common ones
 * @param filters what is kept
 * @param augmentedCopies changed copies of each example, beside the example itself
 */
public record DataRecipe(
    Origin origin, long seed, int shards, List<String> fonts, Filters filters, int augmentedCopies)
    implements Serializable {
  private static final int SHARDS_MAX = 100_000;
  private static final int COPIES_MAX = 100;
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  /**
   * What is kept.
   *
   * @param duplicates whether exact and near duplicates are removed
   * @param agreementMin least agreement of image and text, 0 to 1; 0 keeps all
   * @param perTopic most examples of a topic; 0 is no limit
   * @param perResolution most examples of a size and form of image; 0 is no limit
   */
  public record Filters(boolean duplicates, double agreementMin, long perTopic, long perResolution)
      implements Serializable {
    /** Everything is kept. */
    public static final Filters NONE = new Filters(false, 0, 0, 0);

    public Filters {
      if (!(agreementMin >= 0 && agreementMin <= 1)) {
        throw new IllegalArgumentException("agreement must lie in [0, 1]: " + agreementMin);
      }
      if (perTopic < 0 || perResolution < 0) {
        throw new IllegalArgumentException("a quota cannot be negative");
      }
    }

    /** Whether examples are compared with each other. */
    public boolean compare() {
      return duplicates || perTopic > 0 || perResolution > 0;
    }
  }

  public DataRecipe {
    if (shards < 1 || shards > SHARDS_MAX) {
      throw new IllegalArgumentException("shards must be from 1 to " + SHARDS_MAX + ": " + shards);
    }
    if (augmentedCopies < 0 || augmentedCopies > COPIES_MAX) {
      throw new IllegalArgumentException(
          "augmented copies must be from 0 to " + COPIES_MAX + ": " + augmentedCopies);
    }
    fonts = List.copyOf(fonts);
  }

  /** SHA-256 of all of it: equal recipes make equal folders. */
  public String hash() {
    try {
      String text = origin.getClass().getSimpleName() + JSON.writeValueAsString(this);
      return Digests.hex(text.getBytes(StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a recipe is plain values", e);
    }
  }
}
