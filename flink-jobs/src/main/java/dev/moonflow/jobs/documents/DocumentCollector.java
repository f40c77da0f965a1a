package dev.moonflow.jobs.documents;

import dev.moonflow.jobs.ingest.PageSheet;
import dev.moonflow.jobs.perceive.Confidence;
import dev.moonflow.jobs.perceive.Perceived;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.streaming.api.TimerService;

/**
 * Brings the pages of each document of the current key together. Lives in a keyed function, which
 * calls it with its key and its timers.
 */
public final class DocumentCollector {
  /** Stands among the counts of failed lines for a blank page. */
  private static final int BLANK = -1;

  private final MapState<String, OpenDocument> documents;
  private final MapState<String, String> pages;
  private final MapState<String, String> markdown;
  private final MapState<String, Integer> notes;
  private final MapState<String, OpenPage> openPages;
  private final Duration keep;

  /**
   * A collector on the keyed state of {@code context}; unfinished documents live for {@code keep}.
   */
  public DocumentCollector(RuntimeContext context, Duration keep) {
    documents =
        context.getMapState(
            new MapStateDescriptor<>(
                "documents", StringSerializer.INSTANCE, OpenDocumentSerializer.INSTANCE));
    pages =
        context.getMapState(
            new MapStateDescriptor<>(
                "pages", StringSerializer.INSTANCE, StringSerializer.INSTANCE));
    markdown =
        context.getMapState(
            new MapStateDescriptor<>(
                "markdown", StringSerializer.INSTANCE, StringSerializer.INSTANCE));
    notes =
        context.getMapState(
            new MapStateDescriptor<>(
                "page-notes", StringSerializer.INSTANCE, IntSerializer.INSTANCE));
    openPages =
        context.getMapState(
            new MapStateDescriptor<>(
                "open-pages", StringSerializer.INSTANCE, OpenPageSerializer.INSTANCE));
    this.keep = keep;
  }

  /**
   * What a part of a document completed.
   *
   * @param page a page that was put together
   * @param document when this was its last part
   */
  public record Added(Optional<PageReading> page, Optional<FinishedDocument> document) {
    static final Added NOTHING = new Added(Optional.empty(), Optional.empty());
  }

  /** Takes a page, a page's sheet or a line in. */
  public Added add(Perceived part, TimerService timers) throws Exception {
    String key = pageKey(part.source().position(), part.subject().page());
    return switch (part.subject().kind()) {
      case SHEET -> addSheet(part, key, timers);
      case LINE -> addLine(part, key, timers);
      default -> {
        String text = null;
        if (part instanceof Perceived.Generated generated) {
          text = generated.text() == null ? "" : generated.text();
        }
        yield new Added(Optional.empty(), addPage(part, text, null, 0, timers));
      }
    };
  }

  private Added addSheet(Perceived part, String key, TimerService timers) throws Exception {
    PageSheet sheet = part.subject().sheet();
    open(part, timers);
    if (!sheet.lines().isEmpty()) {
      openPages.put(key, OpenPage.of(sheet));
      return Added.NOTHING;
    }
    return addReading(PageReading.of(part, sheet, List.of()), part, timers);
  }

  private Added addLine(Perceived part, String key, TimerService timers) throws Exception {
    OpenPage open = openPages.get(key);
    if (open == null) {
      return Added.NOTHING; // its document was given up
    }
    LineReading reading = LineReading.FAILED;
    if (part instanceof Perceived.Generated generated) {
      String text = generated.text() == null ? "" : generated.text();
      reading = new LineReading(text, Confidence.of(generated.logProbabilities()));
    }
    open = open.with(part.subject().line(), reading);
    if (!open.complete()) {
      openPages.put(key, open);
      return Added.NOTHING;
    }
    openPages.remove(key);
    return addReading(PageReading.of(part, open.sheet(), open.lines()), part, timers);
  }

  private Added addReading(PageReading page, Perceived part, TimerService timers) throws Exception {
    int note = page.sheet().blank() ? BLANK : page.failedLines();
    String text = page.failed() ? null : page.text();
    return new Added(
        page.failed() ? Optional.empty() : Optional.of(page),
        addPage(part, text, page.markdown(), note, timers));
  }

  /** The open document of a part, begun when this is its first. */
  private OpenDocument open(Perceived part, TimerService timers) throws Exception {
    String name = part.source().position();
    OpenDocument document = documents.get(name);
    if (document == null) {
      document = OpenDocument.of(part, timers.currentProcessingTime() + keep.toMillis());
      timers.registerProcessingTimeTimer(document.expiryMillis());
      documents.put(name, document);
    }
    return document;
  }

  /** Takes a whole page in; its text is null when it failed. */
  private Optional<FinishedDocument> addPage(
      Perceived part, String text, String marked, int note, TimerService timers) throws Exception {
    String name = part.source().position();
    OpenDocument document = open(part, timers).receivedOne();
    String key = pageKey(name, part.subject().page());
    if (!document.givenUp()) {
      if (text != null) {
        pages.put(key, text);
      }
      if (marked != null) {
        markdown.put(key, marked);
      }
      if (note != 0) {
        notes.put(key, note);
      }
    }
    if (!document.complete()) {
      documents.put(name, document);
      return Optional.empty();
    }
    documents.remove(name);
    deleteTimer(document.expiryMillis(), timers);
    return document.givenUp() ? Optional.empty() : Optional.of(finish(name, document));
  }

  /** Documents of a key that were begun in one millisecond share a timer. */
  private void deleteTimer(long expiryMillis, TimerService timers) throws Exception {
    for (OpenDocument other : documents.values()) {
      if (other.expiryMillis() == expiryMillis) {
        return;
      }
    }
    timers.deleteProcessingTimeTimer(expiryMillis);
  }

  /** Gives up the documents whose time has come; they leave with their missing pages as failed. */
  public List<FinishedDocument> expire(long nowMillis, TimerService timers) throws Exception {
    List<FinishedDocument> left = new ArrayList<>();
    List<Map.Entry<String, OpenDocument>> due = new ArrayList<>();
    for (Map.Entry<String, OpenDocument> entry : documents.entries()) {
      if (entry.getValue().expiryMillis() <= nowMillis) {
        due.add(Map.entry(entry.getKey(), entry.getValue()));
      }
    }
    due.sort(Map.Entry.comparingByKey());
    for (Map.Entry<String, OpenDocument> entry : due) {
      if (entry.getValue().givenUp()) {
        documents.remove(entry.getKey());
        continue;
      }
      left.add(finish(entry.getKey(), entry.getValue()));
      OpenDocument givenUp = entry.getValue().giveUp(nowMillis + keep.toMillis());
      documents.put(entry.getKey(), givenUp);
      timers.registerProcessingTimeTimer(givenUp.expiryMillis());
    }
    return left;
  }

  private FinishedDocument finish(String name, OpenDocument document) throws Exception {
    List<Integer> failed = new ArrayList<>();
    List<Integer> blank = new ArrayList<>();
    int failedLines = 0;
    StringBuilder text = new StringBuilder();
    StringBuilder marked = null;
    for (int number = 1; number <= document.pageCount(); number++) {
      String key = pageKey(name, number);
      if (number > 1) {
        text.append('\f');
      }
      String page = pages.get(key);
      if (page == null) {
        failed.add(number);
      } else {
        text.append(page);
      }
      String markedPage = markdown.get(key);
      if (markedPage != null) {
        marked = marked == null ? new StringBuilder() : marked;
        marked.append(marked.isEmpty() || markedPage.isEmpty() ? "" : "\n\n").append(markedPage);
      }
      Integer note = notes.get(key);
      if (note != null && note == BLANK) {
        blank.add(number);
      } else if (note != null) {
        failedLines += note;
      }
      forget(key);
    }
    return new FinishedDocument(
        document.subject(),
        document.source(),
        document.modelFingerprint(),
        document.seed(),
        document.pageCount(),
        failed,
        text.toString(),
        marked == null ? null : marked.toString(),
        blank,
        failedLines);
  }

  private void forget(String key) throws Exception {
    pages.remove(key);
    markdown.remove(key);
    notes.remove(key);
    openPages.remove(key);
  }

  private static String pageKey(String name, int page) {
    return "%s/%06d".formatted(name, page);
  }
}
