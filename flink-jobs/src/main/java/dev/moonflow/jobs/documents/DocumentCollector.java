package dev.moonflow.jobs.documents;

import dev.moonflow.jobs.perceive.Perceived;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.streaming.api.TimerService;

/**
 * Brings the pages of each document of the current key together. Lives in a keyed function, which
 * calls it with its key and its timers.
 */
public final class DocumentCollector {
  private final MapState<String, OpenDocument> documents;
  private final MapState<String, String> pages;
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
    this.keep = keep;
  }

  /** Takes a page in; the document when this was the last one. */
  public Optional<FinishedDocument> add(Perceived page, TimerService timers) throws Exception {
    String name = page.source().position();
    OpenDocument document = documents.get(name);
    if (document == null) {
      document = OpenDocument.of(page, timers.currentProcessingTime() + keep.toMillis());
      timers.registerProcessingTimeTimer(document.expiryMillis());
    }
    int number = page.subject().page();
    boolean failed = page instanceof Perceived.Failed;
    document = document.receivedOne();
    if (!failed && !document.givenUp()) {
      String text = ((Perceived.Generated) page).text();
      pages.put(pageKey(name, number), text == null ? "" : text);
    }
    if (!document.complete()) {
      documents.put(name, document);
      return Optional.empty();
    }
    timers.deleteProcessingTimeTimer(document.expiryMillis());
    documents.remove(name);
    return document.givenUp() ? Optional.empty() : Optional.of(finish(name, document));
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
    TreeSet<Integer> failed = new TreeSet<>();
    StringBuilder text = new StringBuilder();
    for (int number = 1; number <= document.pageCount(); number++) {
      if (number > 1) {
        text.append('\f');
      }
      String page = pages.get(pageKey(name, number));
      if (page == null) {
        failed.add(number);
      } else {
        text.append(page);
        pages.remove(pageKey(name, number));
      }
    }
    return new FinishedDocument(
        document.subject(),
        document.source(),
        document.modelFingerprint(),
        document.seed(),
        document.pageCount(),
        List.copyOf(failed),
        text.toString());
  }

  private static String pageKey(String name, int page) {
    return "%s/%06d".formatted(name, page);
  }
}
