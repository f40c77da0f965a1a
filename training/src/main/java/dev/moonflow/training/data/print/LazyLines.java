package dev.moonflow.training.data.print;

import dev.moonflow.training.data.Generator;
import dev.moonflow.training.sample.Category;
import dev.moonflow.training.sample.Sample;
import java.util.List;

/**
 * Printed lines whose fonts and texts are looked for only when the first example is asked for: the
 * catalog names them on machines that have neither.
 */
public final class LazyLines implements Generator {
  private final String name;
  private final Side side;
  private final boolean scanned;
  private PrintedLines lines;

  private LazyLines(String name, Side side, boolean scanned) {
    this.name = name;
    this.side = side;
    this.scanned = scanned;
  }

  /** Clean and scanned lines of both sides. */
  public static List<Generator> all() {
    return List.of(
        new LazyLines("print-line", Side.TRAINING, false),
        new LazyLines("print-scan", Side.TRAINING, true),
        new LazyLines("held-out-line", Side.HELD_OUT, false),
        new LazyLines("held-out-scan", Side.HELD_OUT, true));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Category category() {
    return Category.OCR;
  }

  @Override
  public boolean onlyByName() {
    return true;
  }

  /**
   * Makes one example.
   *
   * @throws dev.moonflow.training.sample.SampleException naming what is not installed
   */
  @Override
  public Sample generate(long seed, long index) {
    return lines().generate(seed, index);
  }

  private synchronized PrintedLines lines() {
    if (lines == null) {
      lines = new PrintedLines(name, PrintFonts.of(side), EnglishText.of(side), scanned);
    }
    return lines;
  }
}
