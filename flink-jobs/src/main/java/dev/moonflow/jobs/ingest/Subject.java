package dev.moonflow.jobs.ingest;

import java.util.Map;
import java.util.Objects;

/**
 * What a result will be about: everything of an event that the result carries back.
 *
 * @param key source or stream id; order and memory are per key
 * @param eventId the event's own id
 * @param kind what is asked
 * @param eventTimeMillis when the event happened, milliseconds since the epoch
 * @param frameIndex position in the video from 0, or {@link #NONE}
 * @param page page from 1, or {@link #NONE}
 * @param pageCount pages of the document, or {@link #NONE}
 * @param attributes passed through untouched
 * @param line line of the page from 0, or {@link #NONE}
 * @param sheet what is known of the page without the model, or null
 * @param window the time of the video that is described, or null
 */
public record Subject(
    String key,
    String eventId,
    RequestKind kind,
    long eventTimeMillis,
    long frameIndex,
    int page,
    int pageCount,
    Map<String, String> attributes,
    int line,
    PageSheet sheet,
    FrameWindow window) {

  /** Stands for a number that this kind of request does not have. */
  public static final int NONE = -1;

  public Subject {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(eventId, "eventId");
    Objects.requireNonNull(kind, "kind");
    attributes = Map.copyOf(attributes);
    if (kind.isPage() && (page < 1 || page > pageCount)) {
      throw new IllegalArgumentException("page " + page + " of " + pageCount);
    }
  }

  /** A subject that is neither a line nor a window and has no sheet. */
  public Subject(
      String key,
      String eventId,
      RequestKind kind,
      long eventTimeMillis,
      long frameIndex,
      int page,
      int pageCount,
      Map<String, String> attributes) {
    this(
        key,
        eventId,
        kind,
        eventTimeMillis,
        frameIndex,
        page,
        pageCount,
        attributes,
        NONE,
        null,
        null);
  }

  /** The same subject as a line of its page, or with what is known of its page. */
  public Subject with(int lineOfPage, PageSheet sheetOfPage) {
    return new Subject(
        key,
        eventId,
        kind,
        eventTimeMillis,
        frameIndex,
        page,
        pageCount,
        attributes,
        lineOfPage,
        sheetOfPage,
        window);
  }

  /** The same subject as a window of its video. */
  public Subject with(FrameWindow windowOfVideo) {
    return new Subject(
        key,
        eventId,
        kind,
        eventTimeMillis,
        frameIndex,
        page,
        pageCount,
        attributes,
        line,
        sheet,
        windowOfVideo);
  }

  /** A subject that is neither a page nor a frame. */
  public static Subject of(
      String key, String eventId, RequestKind kind, long time, Map<String, String> attributes) {
    return new Subject(key, eventId, kind, time, NONE, NONE, NONE, attributes);
  }

  /** The same event's page. */
  public Subject page(RequestKind pageKind, int number, int count) {
    return new Subject(key, eventId, pageKind, eventTimeMillis, NONE, number, count, attributes);
  }

  /** The same event's frame. */
  public Subject frame(long index) {
    return new Subject(key, eventId, kind, eventTimeMillis, index, NONE, NONE, attributes);
  }
}
