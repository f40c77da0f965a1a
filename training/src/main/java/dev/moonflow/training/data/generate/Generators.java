package dev.moonflow.training.data.generate;

import dev.moonflow.training.data.Generator;
import dev.moonflow.training.data.generate.DrawnGenerator.Recipe;
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
    OcrSamples ocr = new OcrSamples(fonts);
    add("ocr-word", Category.OCR, ocr::word);
    add("ocr-line", Category.OCR, ocr::line);
    add("ocr-block", Category.OCR, ocr::block);
    add("ocr-page", Category.OCR, ocr::page);
    add("ocr-pages", Category.OCR, ocr::pages);
    add("text-prose", Category.TEXT, TextSamples::prose);
    add("text-code", Category.TEXT, TextSamples::code);
    add("text-arithmetic", Category.TEXT, TextSamples::arithmetic);
    add("text-knowledge", Category.TEXT, TextSamples::knowledge);
  }

  /** The generators, drawing with {@link FontSet#common}. */
  public static Generators standard() {
    return new Generators(FontSet.common());
  }

  private void add(String name, Category category, Recipe recipe) {
    all.add(new DrawnGenerator(name, category, recipe));
  }

  /** All of them, in the order of this class. */
  public List<Generator> all() {
    return List.copyOf(all);
  }

  /** Those of a category. */
  public List<Generator> of(Category category) {
    return all.stream().filter(each -> each.category() == category).toList();
  }

  /**
   * One by name.
   *
   * @throws SampleException if there is none, with the names that there are
   */
  public Generator named(String name) {
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
