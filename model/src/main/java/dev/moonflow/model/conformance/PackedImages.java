package dev.moonflow.model.conformance;

import dev.moonflow.kernels.RgbImage;
import dev.moonflow.model.image.ImageProcessor;
import dev.moonflow.model.image.ImageRejectedException;
import dev.moonflow.model.image.PreprocessorConfig;
import dev.moonflow.model.image.ProcessedImage;
import dev.moonflow.model.vision.VisionEncoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The folder's images after preprocessing, and which of them a golden file of the vision tower is
 * about. A file with an image's name is about that image; other files state only their grids, so an
 * image is looked for by its grid and, among images of one grid, by its values.
 */
final class PackedImages {
  private static final String FINAL = ".final_rgb";

  private final Map<String, ProcessedImage> images = new TreeMap<>();

  PackedImages(GoldenFolder golden) throws IOException {
    ImageProcessor processor = new ImageProcessor(PreprocessorConfig.read(golden.checkpoint()));
    for (String name : golden.names("images", ".png")) {
      if (name.endsWith(FINAL)) {
        continue;
      }
      try {
        images.put(name, processor.process(golden.image("images/" + name + ".png").rgb()));
      } catch (ImageRejectedException e) {
        // An image that is there to be rejected is in no batch.
        continue;
      }
    }
  }

  /** Pixels of an image. */
  RgbImage pixels(String name) {
    return images.get(name).pixels();
  }

  /**
   * Names of the images of a golden file, in the order of its batch.
   *
   * @throws IOException if the folder has no image of a grid
   */
  List<String> of(String file, GoldenTensors tensors, VisionEncoder encoder) throws IOException {
    int[] grids = tensors.ints("grid_hw"); // [images, 2]
    if (images.containsKey(file) && grids.length == 2) {
      return List.of(file);
    }
    List<String> names = new ArrayList<>();
    int firstPatch = 0;
    for (int i = 0; i < grids.length; i += 2) {
      List<String> candidates = withGrid(grids[i], grids[i + 1]);
      if (candidates.isEmpty()) {
        throw new IOException(
            String.format(
                "vision/%s is about an image with a grid of %d x %d patches, and images/ has none",
                file, grids[i], grids[i + 1]));
      }
      names.add(nearest(candidates, tensors, firstPatch, encoder));
      firstPatch += grids[i] * grids[i + 1];
    }
    return names;
  }

  private List<String> withGrid(int rows, int cols) {
    List<String> names = new ArrayList<>();
    images.forEach(
        (name, image) -> {
          if (image.plan().gridRows() == rows && image.plan().gridCols() == cols) {
            names.add(name);
          }
        });
    return names;
  }

  private String nearest(
      List<String> candidates, GoldenTensors tensors, int firstPatch, VisionEncoder encoder) {
    String nearest = candidates.get(0);
    double least = Double.POSITIVE_INFINITY;
    for (String name : candidates.size() == 1 ? List.<String>of() : candidates) {
      StageRecorder stages = new StageRecorder();
      encoder.encode(List.of(pixels(name)), stages);
      double distance = stages.distance(tensors, firstPatch, images.get(name).patches());
      if (distance < least) {
        least = distance;
        nearest = name;
      }
    }
    return nearest;
  }
}
