package dev.moonflow.jobs.documents;

import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.jobs.ingest.PageSheet;
import dev.moonflow.jobs.ingest.Subject;
import dev.moonflow.jobs.perceive.Perceived;
import java.util.List;

/**
 * A page whose result is not one generation: put together from its lines, blank, or its own text.
 *
 * @param subject the page
 * @param source position, key and headers of its event
 * @param modelFingerprint of the model
 * @param seed of its last line, or of the page
 * @param sheet what is known of it
 * @param lines what became of each line of the sheet
 * @param text in reading order
 * @param markdown the same as Markdown
 */
public record PageReading(
    Subject subject,
    RawRecord source,
    String modelFingerprint,
    long seed,
    PageSheet sheet,
    List<LineReading> lines,
    String text,
    String markdown) {
  public PageReading {
    lines = List.copyOf(lines);
  }

  static PageReading of(Perceived last, PageSheet sheet, List<LineReading> lines) {
    PageText text = new PageText(sheet.lines(), lines);
    boolean layer = sheet.layerUsed();
    return new PageReading(
        last.subject(),
        last.source(),
        last.modelFingerprint(),
        last.seed(),
        sheet,
        lines,
        layer ? sheet.layerText() : text.plain(),
        layer ? PageText.escaped(sheet.layerText()) : text.markdown());
  }

  /** Lines that could not be read. */
  public int failedLines() {
    return (int) lines.stream().filter(LineReading::failed).count();
  }

  /** Whether there was something to read and none of it could be. */
  boolean failed() {
    return !lines.isEmpty() && failedLines() == lines.size();
  }
}
