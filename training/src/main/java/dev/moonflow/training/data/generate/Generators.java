package dev.moonflow.training.data.generate;

import dev.moonflow.training.data.Generator;
import dev.moonflow.training.data.generate.DrawnGenerator.Recipe;
import dev.moonflow.training.data.print.FaultyLines;
import dev.moonflow.training.data.print.LazyLines;
import dev.moonflow.training.data.print.PrintedPages;
import dev.moonflow.training.data.render.FontSet;
import dev.moonflow.training.sample.Category;
import dev.moonflow.training.sample.SampleException;
import java.util.ArrayList;
import java.util.List;

/** All generators by name. */
public final class Generators {
  private final List<Generator> all = new ArrayList<>();

  /** The generators, drawing with these fonts. */
  public Generators(FontSet fonts) {
    preTraining(fonts);
    text();
    longInputs(fonts);
    instructions(fonts);
    reasoning(fonts);
    all.addAll(LazyLines.all());
    all.addAll(FaultyLines.all());
    all.addAll(PrintedPages.all());
    all.addAll(SmallSamples.all());
  }

  private void preTraining(FontSet fonts) {
    CaptionSamples caption = new CaptionSamples(fonts);
    add("caption-shapes", Category.CAPTION, caption::shapes);
    add("caption-document", Category.CAPTION, caption::document);
    add("caption-chart", Category.CAPTION, caption::chart);
    InterleavedSamples interleaved = new InterleavedSamples(fonts);
    add("interleaved-article", Category.INTERLEAVED, interleaved::article);
    OcrSamples ocr = new OcrSamples(fonts);
    KnowledgeSamples knowledge = new KnowledgeSamples(fonts);
    add("ocr-word", Category.OCR, ocr::word);
    add("ocr-line", Category.OCR, ocr::line);
    add("ocr-block", Category.OCR, ocr::block);
    add("ocr-table", Category.OCR, knowledge::ocrTable);
    add("ocr-page", Category.OCR, ocr::page);
    add("ocr-pages", Category.OCR, ocr::pages);
    add("knowledge-table", Category.KNOWLEDGE, knowledge::table);
    add("knowledge-chart", Category.KNOWLEDGE, knowledge::chart);
    add("knowledge-diagram", Category.KNOWLEDGE, knowledge::diagram);
    AgentSamples agent = new AgentSamples(fonts);
    add("agent-grounding", Category.AGENT, agent::grounding);
    add("agent-widgets", Category.AGENT, agent::widgets);
    add("agent-trajectory", Category.AGENT, agent::trajectory);
    VideoSamples video = new VideoSamples(fonts);
    add("video-motion", Category.VIDEO, video::motion);
  }

  private void text() {
    add("text-prose", Category.TEXT, TextSamples::prose);
    add("text-code", Category.TEXT, TextSamples::code);
    add("text-arithmetic", Category.TEXT, TextSamples::arithmetic);
    add("text-knowledge", Category.TEXT, TextSamples::knowledge);
  }

  private void longInputs(FontSet fonts) {
    add("long-text", Category.TEXT, (draw, sample) -> LongSamples.needle(draw, sample, 8_000));
    LongSamples inputs = new LongSamples(fonts);
    add("long-document", Category.OCR, inputs::document);
    add("long-video", Category.VIDEO, new VideoSamples(fonts)::needle);
  }

  private void instructions(FontSet fonts) {
    InstructionSamples instruction = new InstructionSamples(fonts);
    add("instruct-read", Category.INSTRUCTION, instruction::read);
    add("instruct-page", Category.INSTRUCTION, instruction::readPage);
    add("instruct-describe", Category.INSTRUCTION, instruction::describe);
    add("instruct-invoice", Category.INSTRUCTION, instruction::invoice);
    add("instruct-receipt", Category.INSTRUCTION, instruction::receipt);
    add("instruct-form", Category.INSTRUCTION, instruction::form);
    add("instruct-table", Category.INSTRUCTION, instruction::table);
    add("instruct-chart", Category.INSTRUCTION, instruction::chart);
    add("instruct-diagram", Category.INSTRUCTION, instruction::diagram);
    add("instruct-scene", Category.INSTRUCTION, instruction::scene);
    add("instruct-choice", Category.INSTRUCTION, instruction::choice);
    add("instruct-knowledge", Category.INSTRUCTION, instruction::knowledge);
  }

  private void reasoning(FontSet fonts) {
    ReasoningSamples reasoning = new ReasoningSamples(fonts);
    add("reason-table", Category.REASONING, reasoning::table);
    add("reason-chart", Category.REASONING, reasoning::chart);
    add("reason-paper", Category.REASONING, reasoning::paper);
    add("reason-counting", Category.REASONING, reasoning::counting);
    add("reason-arithmetic", Category.REASONING, ReasoningSamples::arithmetic);
  }

  /**
   * A needle in prose of about so many characters, named {@code long-text-CHARACTERS}.
   *
   * @param characters of the haystack, at least 1
   */
  public static Generator longText(int characters) {
    return new DrawnGenerator(
        "long-text-" + characters,
        Category.TEXT,
        (draw, sample) -> LongSamples.needle(draw, sample, characters));
  }

  /** The generators, drawing with {@link FontSet#common}. */
  public static Generators standard() {
    return new Generators(FontSet.common());
  }

  /** The generators, drawing with every font there is. */
  public static Generators withAllFonts() {
    return new Generators(FontSet.available());
  }

  private void add(String name, Category category, Recipe recipe) {
    all.add(new DrawnGenerator(name, category, recipe));
  }

  /** All of them, in the order of this class. */
  public List<Generator> all() {
    return List.copyOf(all);
  }

  /**
   * Those of a category, but for the ones that are made {@linkplain Generator#onlyByName by name}.
   */
  public List<Generator> of(Category category) {
    return all.stream().filter(each -> each.category() == category && !each.onlyByName()).toList();
  }

  /**
   * One by name.
   *
   * @throws SampleException if there is none, with the names that there are
   */
  public Generator named(String name) {
    if (name.matches("long-text-[1-9]\\d{0,6}")) {
      return longText(Integer.parseInt(name.substring("long-text-".length())));
    }
    return all.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new SampleException(
                    "there is no generator \""
                        + name
                        + "\"; there are "
                        + String.join(", ", all.stream().map(Generator::name).toList())));
  }
}
