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
  /** Characters of a word or two, and of a line, at most. */
  private static final int WORD = 12;

  private static final int LINE = 100;

  private final String name;
  private final PrintedLines.Form form;
  private PrintedLines lines;

  private LazyLines(String name, PrintedLines.Form form) {
    this.name = name;
    this.form = form;
  }

  /** Words to begin with; clean and scanned lines of both sides; as documents and as questions. */
  public static List<Generator> all() {
    return List.of(
        training("plain-word", false, false, WORD),
        training("plain-line", false, false, LINE),
        training("plain-scan", true, false, LINE),
        training("print-word", false, true, WORD),
        training("print-line", false, true, LINE),
        training("print-scan", true, true, LINE),
        heldOut("held-out-line", false),
        heldOut("held-out-scan", true));
  }

  private static LazyLines training(
      String name, boolean scanned, boolean asked, int charactersMax) {
    return new LazyLines(name, new PrintedLines.Form(Side.TRAINING, scanned, asked, charactersMax));
  }

  private static LazyLines heldOut(String name, boolean scanned) {
    return new LazyLines(name, new PrintedLines.Form(Side.HELD_OUT, scanned, true, LINE));
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
      Side side = form.side();
      lines = new PrintedLines(name, PrintFonts.of(side), EnglishText.of(side), form);
    }
    return lines;
  }
}
