package dev.moonflow.model.engine;

import dev.moonflow.kernels.RgbImage;
import dev.moonflow.kernels.device.DeviceException;
import dev.moonflow.model.engine.Progress.Phase;
import dev.moonflow.model.vision.ImageFeatures;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The vision part of a step: the next images in order of submission, as many as the patch budget
 * takes, encoded as one packed batch.
 */
final class VisionStage {
  private static final Logger LOG = LoggerFactory.getLogger(VisionStage.class);

  private final EngineModel model;
  private final int maxPatches;
  private final int patchSize;

  private record Item(ActiveRequest owner, RgbImage image) {}

  VisionStage(EngineModel model, int maxPatches) {
    this.model = model;
    this.maxPatches = maxPatches;
    this.patchSize = model.images().config().patchSize();
  }

  /**
   * Encodes one batch.
   *
   * @param running in order of submission
   * @return patches encoded
   */
  int run(Collection<ActiveRequest> running) {
    List<Item> batch = new ArrayList<>();
    int patches = compose(running, batch);
    if (batch.isEmpty()) {
      return 0;
    }
    try {
      encode(batch);
    } catch (DeviceException e) {
      throw e; // the device, not a request, is at fault
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.warn(
          "A vision batch of {} images failed and is tried image by image: {}",
          batch.size(),
          e.toString());
      batch.forEach(this::encodeAlone);
    }
    return patches;
  }

  private int compose(Collection<ActiveRequest> running, List<Item> batch) {
    int total = 0;
    for (ActiveRequest owner : running) {
      if (owner.phase() != Phase.ENCODE) {
        continue;
      }
      int ahead = 0;
      for (RgbImage image; (image = owner.image(ahead)) != null; ahead++) {
        int patches = patches(image);
        if (!batch.isEmpty() && total + patches > maxPatches) {
          return total;
        }
        batch.add(new Item(owner, image));
        total += patches;
      }
    }
    return total;
  }

  private int patches(RgbImage image) {
    return (image.width() / patchSize) * (image.height() / patchSize);
  }

  private void encode(List<Item> batch) {
    ImageFeatures features = model.vision().encode(batch.stream().map(Item::image).toList());
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      rows.add(features.of(i));
    }
    for (int i = 0; i < batch.size(); i++) { // nothing can fail any more
      batch.get(i).owner().encoded(rows.get(i));
    }
  }

  private void encodeAlone(Item item) {
    if (item.owner().phase() != Phase.ENCODE) {
      return; // an earlier image of the same request failed
    }
    try {
      encode(List.of(item));
    } catch (DeviceException e) {
      throw e;
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.warn("Request {} failed in the vision tower", item.owner().request().id(), e);
      item.owner().finish(FinishReason.ERROR, "an image could not be encoded: " + e);
    }
  }
}
