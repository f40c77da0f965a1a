package dev.moonflow.jobs.seen;

import java.util.List;

/**
 * What is kept of one key. Immutable.
 *
 * @param entries in the order of arrival
 * @param firstWaiting number of the first waiting question
 * @param nextWaiting number that the next one gets; equal to the first when none waits
 */
record SeenIndex(List<Entry> entries, long firstWaiting, long nextWaiting) {
  static final SeenIndex EMPTY = new SeenIndex(List.of(), 0, 0);

  /**
   * One image.
   *
   * @param eventId of the event that brought it
   * @param page of a document from 1, 0 for an image
   * @param pageCount pages of the document, 0 for an image
   * @param bytes of the image; 0 for a page that could not be rendered
   * @param expiryMillis when it is forgotten
   */
  record Entry(String eventId, int page, int pageCount, int bytes, long expiryMillis) {
    /** Its name among the images. */
    String name() {
      return page + "/" + eventId;
    }
  }

  SeenIndex {
    entries = List.copyOf(entries);
  }

  SeenIndex withEntries(List<Entry> others) {
    return new SeenIndex(others, firstWaiting, nextWaiting);
  }

  SeenIndex withWaiting(long first, long next) {
    return new SeenIndex(entries, first, next);
  }

  boolean anyWaiting() {
    return firstWaiting < nextWaiting;
  }

  boolean isEmpty() {
    return entries.isEmpty() && !anyWaiting();
  }
}
