package dev.moonflow.training.data.generate;

import dev.moonflow.model.chat.ThinkingSplitter;
import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.Generator;
import dev.moonflow.training.data.print.PrintFonts;
import dev.moonflow.training.data.print.Side;
import dev.moonflow.training.data.print.SideText;
import dev.moonflow.training.data.render.Canvas;
import dev.moonflow.training.data.render.TextLine;
import dev.moonflow.training.data.small.Picture;
import dev.moonflow.training.data.small.Vocabulary;
import dev.moonflow.training.data.small.Workshop;
import dev.moonflow.training.sample.Category;
import dev.moonflow.training.sample.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Conversations about small pictures, named {@code small-KIND} on the training side and {@code
 * held-out-KIND} on the other. Fonts and texts are looked for when the first example is asked for.
 */
public final class SmallSamples {
  private final Side side;
  private Workshop workshop;
  private SideText text;

  private SmallSamples(Side side) {
    this.side = side;
  }

  /** Makes one picture. */
  private interface Maker {
    Picture make(Workshop workshop, Draw draw);
  }

  /** The generators of both sides. */
  static List<Generator> all() {
    List<Generator> all = new ArrayList<>();
    for (Side side : Side.values()) {
      all.addAll(of(side));
    }
    return all;
  }

  /** The generators of a side. */
  public static List<Generator> of(Side side) {
    return new SmallSamples(side).generators();
  }

  private List<Generator> generators() {
    return List.of(
        new DrawnGenerator(name("text"), Category.OCR, this::read, true),
        generator("paper", Category.OCR, Workshop::paper),
        generator("receipt", Category.INSTRUCTION, (shop, draw) -> shop.slip(draw, "receipt")),
        generator("invoice", Category.INSTRUCTION, (shop, draw) -> shop.slip(draw, "invoice")),
        generator("form", Category.INSTRUCTION, (shop, draw) -> shop.slip(draw, "form")),
        generator("ticket", Category.INSTRUCTION, (shop, draw) -> shop.slip(draw, "ticket")),
        generator("card", Category.INSTRUCTION, (shop, draw) -> shop.slip(draw, "card")),
        generator("table", Category.INSTRUCTION, Workshop::table),
        generator("bars", Category.INSTRUCTION, (shop, draw) -> shop.chart(draw, true)),
        generator("curve", Category.INSTRUCTION, (shop, draw) -> shop.chart(draw, false)),
        generator("scene", Category.INSTRUCTION, Workshop::scene),
        generator("document-caption", Category.CAPTION, Workshop::documentCaption),
        generator("chart-caption", Category.CAPTION, Workshop::chartCaption),
        generator("scene-caption", Category.CAPTION, Workshop::sceneCaption),
        generator("frames", Category.VIDEO, Workshop::frames),
        generator("sum", Category.REASONING, Workshop::sum),
        generator("word-sum", Category.REASONING, Workshop::wordSum));
  }

  private String name(String kind) {
    return (side == Side.TRAINING ? "small-" : "held-out-") + kind;
  }

  private Generator generator(String kind, Category category, Maker maker) {
    return new DrawnGenerator(
        name(kind), category, (draw, sample) -> add(sample, maker.make(workshop(), draw)), true);
  }

  private synchronized Workshop workshop() {
    if (workshop == null) {
      workshop = new Workshop(Vocabulary.of(side), PrintFonts.of(side));
    }
    return workshop;
  }

  private synchronized SideText text() {
    if (text == null) {
      text = SideText.of(side);
    }
    return text;
  }

  private void read(Draw draw, SampleBuilder sample) {
    add(sample, workshop().text(draw, text()));
  }

  /** The picture as a conversation. */
  static void add(SampleBuilder sample, Picture picture) {
    for (Canvas image : picture.images()) {
      sample.image(Role.USER, image.image());
    }
    for (TextLine label : picture.labels()) {
      sample.region(label.box(), label.text());
    }
    String answer = picture.answer();
    sample.user(picture.prompt()).answer(answer).topic("small/" + picture.kind());
    sample.attribute("kind", picture.kind()).attribute("asked", picture.asked());
    if (picture.steps().isEmpty()) {
      sample.assistant(answer);
    } else {
      String thinking = String.join("\n", picture.steps());
      sample.assistant(ThinkingSplitter.OPEN + thinking + ThinkingSplitter.CLOSE + answer);
      sample.attribute("difficulty", picture.steps().size());
    }
    if (!picture.font().isEmpty()) {
      sample.attribute("font", picture.font());
    }
    new TreeMap<>(picture.checks())
        .forEach((name, phrase) -> sample.attribute("check-" + name, phrase));
  }
}
