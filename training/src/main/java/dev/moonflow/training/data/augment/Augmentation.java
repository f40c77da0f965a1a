package dev.moonflow.training.data.augment;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.render.Box;
import dev.moonflow.training.data.render.Images;
import dev.moonflow.training.sample.Part;
import dev.moonflow.training.sample.Region;
import dev.moonflow.training.sample.Sample;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Changes the images of an example and moves its regions with them. A function of the example's id
 * and a seed. Screens keep their geometry: their actions are written in coordinates of the screen.
 *
 * @param geometry how probable it is that an image is rotated, or seen from aside, or waved
 * @param tone how probable each of colour, noise and blur is
 * @param jpeg how probable it is that an image becomes a JPEG
 */
public record Augmentation(double geometry, double tone, double jpeg) {
  private static final double ROTATION_DEGREES_MAX = 6;
  private static final double PERSPECTIVE_MAX = 0.06;

  public Augmentation {
    for (double probability : new double[] {geometry, tone, jpeg}) {
      if (!(probability >= 0 && probability <= 1)) {
        throw new IllegalArgumentException(
            "a probability of augmentation must lie in [0, 1]: " + probability);
      }
    }
  }

  /** What scans and photographs do to pages. */
  public static Augmentation usual() {
    return new Augmentation(0.5, 0.3, 0.3);
  }

  /** The changed example; its id ends with {@code ~} and the seed, so that both may be kept. */
  public Sample apply(Sample sample, long seed) {
    Draw draw = Draw.of("augment:" + sample.id(), seed, 0);
    boolean movable = sample.category() != dev.moonflow.training.sample.Category.AGENT;
    List<Part> parts = new ArrayList<>();
    List<Region> regions = new ArrayList<>();
    Map<String, String> attributes = new TreeMap<>(sample.attributes());
    // All images of an example change alike: pages of one scan, frames of one film.
    Draw plan = draw.fork("plan");
    boolean moves = movable && plan.chance(geometry);
    int kind = plan.below(3);
    Map<Integer, Warp> warps = new HashMap<>();
    for (int i = 0; i < sample.parts().size(); i++) {
      if (sample.parts().get(i) instanceof Part.Image image) {
        Warp warp = moves ? warp(draw.fork("warp"), kind, image) : null;
        if (warp != null) {
          warps.put(i, warp);
        }
        parts.add(changed(draw.fork("tone"), image, warp));
      } else {
        parts.add(sample.parts().get(i));
      }
    }
    for (Region region : sample.regions()) {
      Region moved = moved(region, warps.get(region.part()));
      if (moved.right() - moved.left() >= 1 && moved.bottom() - moved.top() >= 1) {
        regions.add(moved);
      }
    }
    if (moves) {
      attributes.put("warp", List.of("rotation", "perspective", "elastic").get(kind));
    }
    return new Sample(
        sample.id() + "~" + Long.toHexString(seed),
        sample.category(),
        sample.topic(),
        sample.source(),
        sample.seed(),
        parts,
        regions,
        sample.answer(),
        attributes);
  }

  private static Warp warp(Draw draw, int kind, Part.Image image) {
    return switch (kind) {
      case 0 ->
          Warp.rotation(
              image.width(),
              image.height(),
              draw.uniform(-ROTATION_DEGREES_MAX, ROTATION_DEGREES_MAX));
      case 1 -> Warp.perspective(draw, image.width(), image.height(), PERSPECTIVE_MAX);
      default -> Warp.elastic(draw, image.width(), image.height());
    };
  }

  private Part.Image changed(Draw draw, Part.Image image, Warp warp) {
    BufferedImage pixels = Images.decode(image);
    if (warp != null) {
      pixels = warp.apply(pixels, Images.pixels(pixels)[0]);
    }
    if (draw.chance(tone)) {
      pixels = Tone.blur(draw, pixels);
    }
    if (draw.chance(tone)) {
      Tone.color(draw, pixels);
    }
    if (draw.chance(tone)) {
      Tone.noise(draw, pixels);
    }
    if (draw.chance(jpeg)) {
      byte[] bytes = Images.jpeg(pixels, draw.uniform(0.5, 0.95));
      return new Part.Image(image.role(), bytes, pixels.getWidth(), pixels.getHeight());
    }
    return Images.png(image.role(), pixels);
  }

  private static Region moved(Region region, Warp warp) {
    if (warp == null) {
      return region;
    }
    Box box = warp.forward(new Box(region.left(), region.top(), region.right(), region.bottom()));
    return box.grown(0.5).within(warp.width(), warp.height()).region(region.part(), region.label());
  }
}
