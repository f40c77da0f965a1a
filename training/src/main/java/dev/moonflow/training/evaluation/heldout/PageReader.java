package dev.moonflow.training.evaluation.heldout;

import dev.moonflow.kernels.RgbImage;
import dev.moonflow.model.layout.LayoutOptions;
import dev.moonflow.model.layout.PageAnalyzer;
import dev.moonflow.model.layout.PageLayout;
import dev.moonflow.model.layout.PageResampler;
import dev.moonflow.model.layout.TextLine;
import java.util.ArrayList;
import java.util.List;

/** Cuts a page into its lines as the product does, and puts their texts together again. */
public final class PageReader {
  /** Rows of a line, as {@code moonflow.document.line-height} has it by default. */
  public static final int LINE_HEIGHT = 28;

  /** Pixels of a line's row at most, as the product has it. */
  public static final int LINE_WIDTH_MAX = PageResampler.WIDEST * LINE_HEIGHT;

  private final PageLayout layout;
  private final RgbImage page;

  /** A page, analysed. */
  public PageReader(RgbImage page) {
    this.page = page;
    this.layout = PageAnalyzer.analyze(page, LayoutOptions.DEFAULT);
  }

  /** The lines in reading order, each an image for the model. */
  public List<RgbImage> lines() {
    PageResampler resampler = new PageResampler(page, layout.transform());
    List<RgbImage> lines = new ArrayList<>();
    for (TextLine line : layout.lines()) {
      lines.add(resampler.line(line.box(), LINE_HEIGHT));
    }
    return lines;
  }

  /** The page's text: a line of text for each line, an empty one between blocks. */
  public String text(List<String> read) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < read.size(); i++) {
      if (i > 0) {
        boolean sameBlock = layout.lines().get(i).block() == layout.lines().get(i - 1).block();
        text.append(sameBlock ? "\n" : "\n\n");
      }
      text.append(read.get(i).strip());
    }
    return text.toString();
  }
}
