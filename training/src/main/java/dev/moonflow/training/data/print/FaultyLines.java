package dev.moonflow.training.data.print;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.Generator;
import dev.moonflow.training.data.render.Images;
import dev.moonflow.training.sample.Category;
import dev.moonflow.training.sample.Part;
import dev.moonflow.training.sample.Sample;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Held-out lines with one fault each, so that a report can say which of them hurts. The fault
 * happens to the cut line, at the size at which it is read.
 */
public final class FaultyLines implements Generator {
  /** Height of the em in a cut line, about. */
  private static final double EM = 22;

  private final Fault fault;
  private final Generator clean;

  private FaultyLines(Fault fault, Generator clean) {
    this.fault = fault;
    this.clean = clean;
  }

  /** One for every fault. */
  public static List<Generator> all() {
    Generator clean =
        LazyLines.all().stream()
            .filter(generator -> generator.name().equals("held-out-line"))
            .findFirst()
            .orElseThrow();
    return Arrays.stream(Fault.values())
        .map(fault -> (Generator) new FaultyLines(fault, clean))
        .toList();
  }

  @Override
  public String name() {
    return "held-out-" + fault.word();
  }

  @Override
  public Category category() {
    return clean.category();
  }

  @Override
  public boolean onlyByName() {
    return true;
  }

  @Override
  public Sample generate(long seed, long index) {
    Draw draw = Draw.of(name(), seed, index);
    Sample line = clean.generate(Draw.key(name(), seed, 0), index);
    List<Part> parts = new ArrayList<>();
    for (Part part : line.parts()) {
      parts.add(
          part instanceof Part.Image image
              ? Images.png(image.role(), damaged(draw, Images.decode(image)))
              : part);
    }
    Map<String, String> attributes = new TreeMap<>(line.attributes());
    attributes.put("degradation", fault.word());
    return new Sample(
        Generator.id(this, seed, index),
        line.category(),
        line.topic(),
        name(),
        seed,
        parts,
        List.of(),
        line.answer(),
        attributes);
  }

  private BufferedImage damaged(Draw draw, BufferedImage image) {
    return fault == Fault.SKEW ? askew(draw, image) : Degradation.only(draw, image, EM, fault);
  }

  /** Turned so that its ends are up to an eighth of its height off. */
  private static BufferedImage askew(Draw draw, BufferedImage image) {
    BufferedImage turned = Images.blank(image.getWidth(), image.getHeight());
    Graphics2D graphics = turned.createGraphics();
    graphics.setColor(new Color(image.getRGB(0, 0)));
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    double rise = draw.uniform(0.04, 0.125) * draw.pick(-1.0, 1.0) * image.getHeight();
    double angle = Math.atan2(rise, image.getWidth() / 2.0);
    graphics.rotate(angle, image.getWidth() / 2.0, image.getHeight() / 2.0);
    graphics.drawImage(image, 0, 0, null);
    graphics.dispose();
    return turned;
  }
}
