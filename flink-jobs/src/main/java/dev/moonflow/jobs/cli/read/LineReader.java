package dev.moonflow.jobs.cli.read;

import dev.moonflow.jobs.settings.LimitOptions;
import dev.moonflow.kernels.RgbImage;
import dev.moonflow.model.chat.Answer;
import dev.moonflow.model.engine.FinishReason;
import dev.moonflow.model.engine.RequestRejectedException;
import dev.moonflow.model.engine.SamplingParameters;
import dev.moonflow.model.layout.LayoutOptions;
import dev.moonflow.model.layout.PageAnalyzer;
import dev.moonflow.model.layout.PageLayout;
import dev.moonflow.model.layout.PageResampler;
import dev.moonflow.model.layout.TextLine;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Reads a page line by line, as the job does with {@code moonflow.document.regions: lines}. An
 * empty line stands between blocks.
 */
public final class LineReader {
  private final PageReader reader;

  /** Lines go through this reader one after another. */
  public LineReader(PageReader reader) {
    this.reader = reader;
  }

  /**
   * Reads all lines of a page.
   *
   * @param prompt asked of each line
   * @param maxNewTokens of each line
   * @param show is handed what becomes visible, as it does
   * @return the page's text with the tokens of all lines, one line after another; its reason is
   *     LENGTH if any line was cut off
   * @throws RequestRejectedException if a line is past a limit of the model
   */
  public PageAnswer read(
      RgbImage page,
      String prompt,
      SamplingParameters sampling,
      int maxNewTokens,
      Consumer<String> show)
      throws RequestRejectedException {
    long start = System.nanoTime();
    PageLayout layout = PageAnalyzer.analyze(page, LayoutOptions.DEFAULT);
    PageResampler resampler = new PageResampler(page, layout.transform());
    int height = LimitOptions.DOCUMENT_LINE_HEIGHT.defaultValue();
    StringBuilder text = new StringBuilder();
    int[] tokens = {};
    int promptTokens = 0;
    FinishReason reason = FinishReason.STOP;
    TextLine before = null;
    for (TextLine line : layout.lines()) {
      String gap = before == null ? "" : before.block() == line.block() ? "\n" : "\n\n";
      show.accept(gap);
      RgbImage cut = resampler.line(line.box(), height);
      PageAnswer answer = reader.read(cut, prompt, sampling, maxNewTokens, null, show);
      text.append(gap).append(answer.answer().text());
      int had = tokens.length;
      tokens = Arrays.copyOf(tokens, had + answer.tokens().length);
      System.arraycopy(answer.tokens(), 0, tokens, had, answer.tokens().length);
      promptTokens += answer.promptTokens();
      reason = answer.reason() == FinishReason.LENGTH ? FinishReason.LENGTH : reason;
      before = line;
    }
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    return new PageAnswer(
        new Answer("", text.toString(), false), tokens, promptTokens, reason, time);
  }
}
