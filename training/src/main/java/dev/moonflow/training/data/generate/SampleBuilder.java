package dev.moonflow.training.data.generate;

import dev.moonflow.training.data.Generator;
import dev.moonflow.training.data.render.Box;
import dev.moonflow.training.data.render.Canvas;
import dev.moonflow.training.data.render.Images;
import dev.moonflow.training.sample.Part;
import dev.moonflow.training.sample.Region;
import dev.moonflow.training.sample.Role;
import dev.moonflow.training.sample.Sample;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An example in the making. */
public final class SampleBuilder {
  private final Generator generator;
  private final long seed;
  private final long index;
  private final List<Part> parts = new ArrayList<>();
  private final List<Region> regions = new ArrayList<>();
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private String topic = "";
  private String answer;

  SampleBuilder(Generator generator, long seed, long index) {
    this.generator = generator;
    this.seed = seed;
    this.index = index;
  }

  /** Sets the place in the taxonomy. */
  public SampleBuilder topic(String value) {
    topic = value;
    return this;
  }

  /** Adds text. */
  public SampleBuilder text(Role role, String value) {
    parts.add(new Part.Text(role, value));
    return this;
  }

  /** Adds text outside a conversation. */
  public SampleBuilder text(String value) {
    return text(Role.NONE, value);
  }

  /** Adds what the user says. */
  public SampleBuilder user(String value) {
    return text(Role.USER, value);
  }

  /** Adds what the assistant says. */
  public SampleBuilder assistant(String value) {
    return text(Role.ASSISTANT, value);
  }

  /** Adds an image. */
  public SampleBuilder image(Role role, BufferedImage image) {
    parts.add(Images.png(role, image));
    return this;
  }

  /** Adds an image outside a conversation. */
  public SampleBuilder image(Canvas canvas) {
    return image(Role.NONE, canvas.image());
  }

  /** Adds an image of the user. */
  public SampleBuilder userImage(Canvas canvas) {
    return image(Role.USER, canvas.image());
  }

  /** Adds a box on the image that was added last. */
  public SampleBuilder region(Box box, String label) {
    int part = parts.size() - 1;
    while (!(parts.get(part) instanceof Part.Image)) {
      part--;
    }
    Part.Image image = (Part.Image) parts.get(part);
    regions.add(box.within(image.width(), image.height()).region(part, label));
    return this;
  }

  /** Sets what a checker compares with. */
  public SampleBuilder answer(String value) {
    answer = value;
    return this;
  }

  /** Sets an attribute. */
  public SampleBuilder attribute(String name, Object value) {
    attributes.put(name, value.toString());
    return this;
  }

  Sample build() {
    return new Sample(
        Generator.id(generator, seed, index),
        generator.category(),
        topic,
        generator.name(),
        seed,
        parts,
        regions,
        Optional.ofNullable(answer),
        attributes);
  }
}
