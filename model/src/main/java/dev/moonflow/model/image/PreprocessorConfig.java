package dev.moonflow.model.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moonflow.model.OneLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The image processor's settings, from a checkpoint's {@code preprocessor_config.json} (SPEC
 * section 1.3).
 *
 * @param patchSize p, pixels along a patch's side; 1 to 512
 * @param inTokenLimit patches of one image above which it is scaled down; at least 1
 * @param padInput whether images are padded (true) or cropped (false) to whole patches
 * @param mean [3] subtracted per channel, in units of 1
 * @param std [3] divided by per channel, in units of 1; positive
 * @param mergeRows patches down one media token
 * @param mergeCols patches across one media token
 * @param pooledTokens a setting that the model's code carries and never uses
 */
public record PreprocessorConfig(
    int patchSize,
    int inTokenLimit,
    boolean padInput,
    float[] mean,
    float[] std,
    int mergeRows,
    int mergeCols,
    int pooledTokens) {

  /** The name of the file inside a checkpoint. */
  public static final String FILE_NAME = "preprocessor_config.json";

  private static final float[] CLIP_MEAN = {0.48145466f, 0.4578275f, 0.40821073f};
  private static final float[] CLIP_STD = {0.26862954f, 0.26130258f, 0.27577711f};
  private static final ObjectMapper JSON = new ObjectMapper();

  public PreprocessorConfig {
    mean = mean.clone();
    std = std.clone();
    require(patchSize >= 1 && patchSize <= 512, "patch_size", "in 1 to 512", patchSize);
    require(inTokenLimit >= 1, "in_token_limit", "at least 1", inTokenLimit);
    require(mergeRows >= 1 && mergeRows <= 64, "merge_kernel_size", "in 1 to 64", mergeRows);
    require(mergeCols >= 1 && mergeCols <= 64, "merge_kernel_size", "in 1 to 64", mergeCols);
    require(mean.length == 3, "image_mean", "3 numbers", mean.length);
    require(std.length == 3, "image_std", "3 numbers", std.length);
    for (int c = 0; c < 3; c++) {
      require(Float.isFinite(mean[c]), "image_mean", "finite", mean[c]);
      require(std[c] > 0 && Float.isFinite(std[c]), "image_std", "positive", std[c]);
    }
  }

  /**
   * Reads the settings of a checkpoint.
   *
   * @param checkpoint the checkpoint's folder
   * @throws IOException if the file is missing or is not JSON
   * @throws IllegalArgumentException if a value is out of its range
   */
  public static PreprocessorConfig read(Path checkpoint) throws IOException {
    Path file = checkpoint.resolve(FILE_NAME);
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          file + " is missing: without it the image statistics and limits are not known");
    }
    try {
      return of(JSON.readTree(Files.readAllBytes(file)));
    } catch (JsonProcessingException e) {
      throw new IOException(OneLine.of(file + " is not JSON: " + e.getOriginalMessage()), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(OneLine.of(file + ": " + e.getMessage()), e);
    }
  }

  /**
   * The settings in a JSON object. A field that is not there has the value that the model's own
   * class gives it (no padding, CLIP statistics), not the value that published checkpoints state.
   */
  public static PreprocessorConfig of(JsonNode json) {
    if (!json.isObject()) {
      throw new IllegalArgumentException("the preprocessor configuration is not a JSON object");
    }
    JsonNode merge = json.path("merge_kernel_size");
    if (!merge.isMissingNode() && merge.size() != 2) {
      throw new IllegalArgumentException("merge_kernel_size must be two numbers: " + merge);
    }
    return new PreprocessorConfig(
        integer(json.path("patch_size"), "patch_size", 14),
        integer(json.path("in_token_limit"), "in_token_limit", 4096),
        flag(json.path("pad_input")),
        channels(json.path("image_mean"), "image_mean", CLIP_MEAN),
        channels(json.path("image_std"), "image_std", CLIP_STD),
        integer(merge.path(0), "merge_kernel_size", 2),
        integer(merge.path(1), "merge_kernel_size", 2),
        integer(json.path("num_pooled_tokens"), "num_pooled_tokens", 1024));
  }

  @Override
  public float[] mean() {
    return mean.clone();
  }

  @Override
  public float[] std() {
    return std.clone();
  }

  private static int integer(JsonNode value, String field, int absent) {
    if (value.isMissingNode() || value.isNull()) {
      return absent;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw new IllegalArgumentException(field + " must be an integer: " + value);
    }
    return value.intValue();
  }

  private static boolean flag(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return false;
    }
    if (!value.isBoolean()) {
      throw new IllegalArgumentException("pad_input must be true or false: " + value);
    }
    return value.booleanValue();
  }

  private static float[] channels(JsonNode value, String field, float[] absent) {
    if (value.isMissingNode() || value.isNull()) {
      return absent;
    }
    float[] channels = new float[value.size()];
    for (int c = 0; c < channels.length; c++) {
      if (!value.get(c).isNumber()) {
        throw new IllegalArgumentException(field + " must be numbers: " + value);
      }
      channels[c] = value.get(c).floatValue();
    }
    return channels;
  }

  private static void require(boolean holds, String field, String range, Number value) {
    if (!holds) {
      throw new IllegalArgumentException(field + " must be " + range + ": " + value);
    }
  }
}
