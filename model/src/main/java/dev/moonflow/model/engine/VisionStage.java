package dev.moonflow.model.engine;

import dev.moonflow.kernels.RgbImage;
import dev.moonflow.kernels.device.DeviceException;
import dev.moonflow.model.engine.Progress.Phase;
import dev.moonflow.model.engine.StepReport.ImageReuse;
import dev.moonflow.model.vision.ImageFeatures;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The vision part of a step: the next images in order of submission, as many as the patch budget
 * takes, encoded as one packed batch. With a cache, images of known content are not encoded, and
 * equal ones of a step are encoded once.
 */
final class VisionStage {
  private static final Logger LOG = LoggerFactory.getLogger(VisionStage.class);

  private final EngineModel model;
  private final int maxPatches;
  private final int patchSize;

  private final FeatureCache cache; // null for none

  /**
   * An image of a request.
   *
   * @param key of its content, or null
   * @param slot its place among the images to encode; {@link #AT_HAND} if it has features
   * @param features its features if they are at hand
   */
  private record Item(
      ActiveRequest owner, RgbImage image, ImageKey key, int slot, float[] features) {
    static final int AT_HAND = -1;
  }

  /** What a step encodes: its items, and their different images. */
  private record Batch(List<Item> items, List<RgbImage> images) {}

  /** What a step did. */
  record Counts(int patches, ImageReuse reuse) {}

  VisionStage(EngineModel model, int maxPatches, FeatureCache cache) {
    this.model = model;
    this.maxPatches = maxPatches;
    this.patchSize = model.images().config().patchSize();
    this.cache = cache;
  }

  /**
   * Encodes one batch.
   *
   * @param running in order of submission
   */
  Counts run(Collection<ActiveRequest> running) {
    Batch batch = compose(running);
    if (batch.items().isEmpty()) {
      return new Counts(0, ImageReuse.NONE);
    }
    int all = batch.items().stream().mapToInt(item -> patches(item.image())).sum();
    int encoded = batch.images().stream().mapToInt(this::patches).sum();
    try {
      encode(batch);
    } catch (DeviceException e) {
      throw e; // the device, not a request, is at fault
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.warn(
          "A vision batch of {} images failed and is tried image by image: {}",
          batch.images().size(),
          e.toString());
      batch.items().forEach(this::encodeAlone);
    }
    int images = batch.images().size();
    return new Counts(
        encoded, new ImageReuse(images, batch.items().size() - images, all - encoded));
  }

  /** The next images; those with features at hand and equal ones need no room in the budget. */
  private Batch compose(Collection<ActiveRequest> running) {
    Batch batch = new Batch(new ArrayList<>(), new ArrayList<>());
    Map<ImageKey, Integer> slots = new HashMap<>();
    int total = 0;
    for (ActiveRequest owner : running) {
      if (owner.phase() != Phase.ENCODE) {
        continue;
      }
      int ahead = 0;
      for (RgbImage image; (image = owner.image(ahead)) != null; ahead++) {
        ImageKey key = cache == null ? null : owner.imageKey(ahead);
        float[] known = key == null ? null : cache.get(key);
        Integer slot = known != null ? Integer.valueOf(Item.AT_HAND) : slots.get(key);
        if (slot == null) {
          int patches = patches(image);
          if (!batch.images().isEmpty() && total + patches > maxPatches) {
            return batch;
          }
          total += patches;
          slot = batch.images().size();
          batch.images().add(image);
          if (key != null) {
            slots.put(key, slot);
          }
        }
        batch.items().add(new Item(owner, image, key, slot, known));
      }
    }
    return batch;
  }

  private int patches(RgbImage image) {
    return (image.width() / patchSize) * (image.height() / patchSize);
  }

  private void encode(Batch batch) {
    List<float[]> rows = new ArrayList<>();
    if (!batch.images().isEmpty()) {
      ImageFeatures features = model.vision().encode(batch.images());
      for (int i = 0; i < batch.images().size(); i++) {
        rows.add(features.of(i));
      }
    }
    for (Item item : batch.items()) { // nothing can fail any more
      float[] features = item.slot() == Item.AT_HAND ? item.features() : rows.get(item.slot());
      if (item.key() != null) {
        cache.put(item.key(), features);
      }
      item.owner().encoded(features);
    }
  }

  private void encodeAlone(Item item) {
    if (item.owner().phase() != Phase.ENCODE) {
      return; // an earlier image of the same request failed
    }
    try {
      encode(
          item.slot() == Item.AT_HAND
              ? new Batch(List.of(item), List.of())
              : new Batch(
                  List.of(new Item(item.owner(), item.image(), item.key(), 0, null)),
                  List.of(item.image())));
    } catch (DeviceException e) {
      throw e;
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.warn("Request {} failed in the vision tower", item.owner().request().id(), e);
      item.owner().finish(FinishReason.ERROR, "an image could not be encoded: " + e);
    }
  }
}
