package dev.moonflow.model.image;

import java.util.Optional;

/**
 * What is done to an image of one size: scaled under the token limit, then padded or cropped to
 * whole patches (SPEC sections 4.1 to 4.3). Sizes are in pixels.
 *
 * @param width of the input
 * @param height of the input
 * @param rescaled whether the limit was exceeded
 * @param scale factor of both sides; 1 when not rescaled
 * @param resizedWidth after scaling
 * @param resizedHeight after scaling
 * @param padRight black columns added; 0 when cropping
 * @param padBottom black rows added; 0 when cropping
 * @param cropLeft columns removed at the left; 0 when padding
 * @param cropTop rows removed at the top; 0 when padding
 * @param finalWidth after padding or cropping
 * @param finalHeight after padding or cropping
 * @param gridRows patches down
 * @param gridCols patches across
 * @param mediaTokens tokens in the language model; 0 when there is a problem
 * @param problem one sentence if the model cannot take the result
 */
public record ResizePlan(
    int width,
    int height,
    boolean rescaled,
    double scale,
    int resizedWidth,
    int resizedHeight,
    int padRight,
    int padBottom,
    int cropLeft,
    int cropTop,
    int finalWidth,
    int finalHeight,
    int gridRows,
    int gridCols,
    int mediaTokens,
    Optional<String> problem) {

  /** Patches along a side that the rotary table cannot hold any more. */
  public static final int GRID_SIDE_END = 512;

  /** Pixels along a side up to which a plan can be made. */
  public static final int SIDE_MAX = 1 << 24;

  /**
   * Plans for an image of a size; what the model cannot take is in {@link #problem}.
   *
   * @throws IllegalArgumentException if a side is not in 1 to {@link #SIDE_MAX}
   */
  public static ResizePlan of(int width, int height, PreprocessorConfig config) {
    if (width < 1 || height < 1 || width > SIDE_MAX || height > SIDE_MAX) {
      throw new IllegalArgumentException(
          "image sides must be in 1 to " + SIDE_MAX + " pixels: " + width + " x " + height);
    }
    int p = config.patchSize();
    // The limit is tested on the whole patches before padding, so the padded grid may exceed it.
    long wholePatches = (long) (width / p) * (height / p);
    boolean rescaled = wholePatches > config.inTokenLimit();
    double scale = rescaled ? Math.sqrt(config.inTokenLimit() / (double) wholePatches) : 1.0;
    int resizedWidth = rescaled ? (int) (width * scale) : width;
    int resizedHeight = rescaled ? (int) (height * scale) : height;

    boolean pad = config.padInput();
    int finalWidth = pad ? up(resizedWidth, p * config.mergeCols()) : resizedWidth / p * p;
    int finalHeight = pad ? up(resizedHeight, p * config.mergeRows()) : resizedHeight / p * p;
    int rows = finalHeight / p;
    int cols = finalWidth / p;
    Optional<String> problem = problem(rows, cols, config);
    int tokens = rows / config.mergeRows() * (cols / config.mergeCols());
    return new ResizePlan(
        width,
        height,
        rescaled,
        scale,
        resizedWidth,
        resizedHeight,
        pad ? finalWidth - resizedWidth : 0,
        pad ? finalHeight - resizedHeight : 0,
        pad ? 0 : half(resizedWidth - finalWidth),
        pad ? 0 : half(resizedHeight - finalHeight),
        finalWidth,
        finalHeight,
        rows,
        cols,
        problem.isPresent() ? 0 : tokens,
        problem);
  }

  /** Patches of the result. */
  public int patches() {
    return gridRows * gridCols;
  }

  private static int up(int size, int multiple) {
    return (size + multiple - 1) / multiple * multiple;
  }

  /** Half of a margin, halves rounded to even as Python does. */
  private static int half(int margin) {
    return (int) Math.rint(margin / 2.0);
  }

  private static Optional<String> problem(int rows, int cols, PreprocessorConfig config) {
    if (rows >= GRID_SIDE_END || cols >= GRID_SIDE_END) {
      return Optional.of(
          String.format(
              "the grid of %d x %d patches (rows x columns) has a side of %d or more",
              rows, cols, GRID_SIDE_END));
    }
    if (rows == 0 || cols == 0) {
      return Optional.of(
          "the image is empty after scaling and cropping to whole patches of "
              + config.patchSize()
              + " pixels");
    }
    if (rows % config.mergeRows() != 0 || cols % config.mergeCols() != 0) {
      return Optional.of(
          String.format(
              "the grid of %d x %d patches (rows x columns) does not divide into %d x %d;"
                  + " set pad_input to true",
              rows, cols, config.mergeRows(), config.mergeCols()));
    }
    return Optional.empty();
  }
}
