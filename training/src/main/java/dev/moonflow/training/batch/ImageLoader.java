package dev.moonflow.training.batch;

import dev.moonflow.connectors.media.DecodedImage;
import dev.moonflow.connectors.media.ImageHeader;
import dev.moonflow.connectors.media.ImageReader;
import dev.moonflow.connectors.media.MediaLimits;
import dev.moonflow.connectors.media.MediaRejectedException;
import dev.moonflow.kernels.RgbImage;
import dev.moonflow.kernels.packing.CpuPatchPacker;
import dev.moonflow.kernels.packing.PackedPatches;
import dev.moonflow.kernels.packing.PackingSpec;
import dev.moonflow.model.image.ImageProcessor;
import dev.moonflow.model.image.ImageRejectedException;
import dev.moonflow.model.image.PreprocessorConfig;
import dev.moonflow.model.image.ResizePlan;
import dev.moonflow.training.network.ImagePatches;
import dev.moonflow.training.sample.Part;
import java.util.List;

/**
 * Encoded images to patches, by the decoder, the processor and the packer of inference, so that the
 * tower is trained on the very numbers that it will see (SPEC section 4). Thread-safe.
 */
public final class ImageLoader {
  private final ImageProcessor processor;
  private final PackingSpec spec;
  private final MediaLimits limits;
  private final CpuPatchPacker packer = new CpuPatchPacker();

  /** A loader for a model's settings. */
  public ImageLoader(PreprocessorConfig config, MediaLimits limits) {
    this.processor = new ImageProcessor(config);
    this.limits = limits;
    // The packer also makes rotary tables and positions; the smallest ones, as nobody reads them.
    PackingSpec.PositionTable noPositions = new PackingSpec.PositionTable(1, 1, 1, new float[1]);
    this.spec =
        new PackingSpec(config.patchSize(), config.mean(), config.std(), 4, 10_000f, noPositions);
  }

  /**
   * What an image will become, from its header alone.
   *
   * @throws RefusedExampleException if its header is bad, lies about the size, or the model cannot
   *     take an image of this size
   */
  ResizePlan plan(String id, Part.Image image) throws RefusedExampleException {
    try {
      ImageHeader header = ImageReader.header(image.encoded());
      if (header.width() != image.width() || header.height() != image.height()) {
        throw bad(
            id,
            "is declared as %d x %d pixels and has %d x %d"
                .formatted(image.width(), image.height(), header.width(), header.height()));
      }
      ResizePlan plan = processor.plan(image.width(), image.height());
      if (plan.problem().isPresent()) {
        throw bad(id, "cannot be used: " + plan.problem().get());
      }
      return plan;
    } catch (MediaRejectedException e) {
      throw bad(id, "cannot be read: " + e.getMessage());
    }
  }

  /**
   * The patches of an image.
   *
   * @throws RefusedExampleException if it cannot be decoded whole
   */
  public ImagePatches load(String id, Part.Image image) throws RefusedExampleException {
    try {
      DecodedImage decoded = ImageReader.decode(image.encoded(), limits);
      RgbImage rgb = new RgbImage(decoded.width(), decoded.height(), decoded.rgb());
      PackedPatches packed = packer.pack(List.of(processor.process(rgb).pixels()), spec);
      return new ImagePatches(packed.gridRows()[0], packed.gridCols()[0], packed.patches());
    } catch (MediaRejectedException | ImageRejectedException e) {
      throw bad(id, "cannot be used: " + e.getMessage());
    }
  }

  private static RefusedExampleException bad(String id, String why) {
    return new RefusedExampleException(
        Refusal.BAD_IMAGE, "an image of sample " + id + " " + why + ".");
  }
}
