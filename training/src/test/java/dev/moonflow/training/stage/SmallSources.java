package dev.moonflow.training.stage;

import dev.moonflow.connectors.media.DecodedImage;
import dev.moonflow.connectors.media.PngEncoder;
import dev.moonflow.training.batch.KeyedHash;
import dev.moonflow.training.batch.SampleSource;
import dev.moonflow.training.sample.Category;
import dev.moonflow.training.sample.Part;
import dev.moonflow.training.sample.Role;
import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.trainer.recipe.SourceSection;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/** Small sources with something to learn, by the names that the test recipes use. */
final class SmallSources implements SourceOpener {
  private static final List<String> COLOURS = List.of("red", "green", "blue", "grey");
  private static final int[][] PIXELS = {
    {220, 30, 30}, {30, 200, 40}, {30, 40, 220}, {120, 120, 120}
  };
  private static final List<String> ANIMALS = List.of("cat", "dog", "bird", "fish");
  private static final List<String> SOUNDS = List.of("meows", "barks", "sings", "says nothing");

  @Override
  public SampleSource open(SourceSection source, long seed) {
    return k ->
        switch (source.place()) {
          case "sentences" -> sentences(seed, k);
          case "colours" -> colours(seed, k, false);
          case "questions" -> colours(seed, k, true);
          case "chat" -> chat(seed, k);
          case "stripes" -> stripes(seed, k);
          default -> throw new IllegalArgumentException(source.place());
        };
  }

  private static int pick(long seed, long k) {
    return (int) Math.floorMod(KeyedHash.bits(seed, k), 4L);
  }

  static Sample sample(String id, Category category, List<Part> parts) {
    return new Sample(
        id, category, "test/small", "small", 0, parts, List.of(), Optional.empty(), Map.of());
  }

  private static Sample sentences(long seed, long k) {
    int i = pick(seed, k);
    String text = "The " + ANIMALS.get(i) + " " + SOUNDS.get(i) + " in the house.";
    return sample("s" + k, Category.TEXT, List.of(new Part.Text(Role.NONE, text)));
  }

  private static Sample colours(long seed, long k, boolean asked) {
    int i = pick(seed, k);
    int side = 28 + 14 * (int) (k % 3);
    Part image = image(asked ? Role.USER : Role.NONE, i, side, side);
    return asked
        ? sample(
            "q" + k,
            Category.INSTRUCTION,
            List.of(
                image,
                new Part.Text(Role.USER, "Which colour?"),
                new Part.Text(Role.ASSISTANT, "It is " + COLOURS.get(i) + ".")))
        : sample(
            "c" + k,
            Category.CAPTION,
            List.of(image, new Part.Text(Role.NONE, "A " + COLOURS.get(i) + " square.")));
  }

  private static Sample chat(long seed, long k) {
    int i = pick(seed, k);
    return sample(
        "a" + k,
        Category.INSTRUCTION,
        List.of(
            new Part.Text(Role.USER, "What does the " + ANIMALS.get(i) + " do?"),
            new Part.Text(Role.ASSISTANT, "It " + SOUNDS.get(i) + ".")));
  }

  /** One to four squares side by side, spelled by the first letter of each colour. */
  private static Sample stripes(long seed, long k) {
    int count = 1 + (int) (k % 4);
    int[] colours = new int[count];
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      colours[i] = pick(seed + 77 * i, k);
      text.append(COLOURS.get(colours[i]), 0, 2);
    }
    return sample(
        "l" + k,
        Category.OCR,
        List.of(
            image(Role.USER, 28 * count, 28, x -> colours[x / 28]),
            new Part.Text(Role.USER, "Read."),
            new Part.Text(Role.ASSISTANT, text.toString())));
  }

  /** A plain square of one colour. */
  static Part.Image image(Role role, int colour, int width, int height) {
    return image(role, width, height, x -> colour);
  }

  private static Part.Image image(Role role, int width, int height, IntUnaryOperator colourAt) {
    byte[] rgb = new byte[3 * width * height];
    for (int p = 0; p < rgb.length; p++) {
      rgb[p] = (byte) PIXELS[colourAt.applyAsInt(p / 3 % width)][p % 3];
    }
    byte[] png = PngEncoder.encode(new DecodedImage(width, height, rgb));
    return new Part.Image(role, Arrays.copyOf(png, png.length), width, height);
  }
}
