package dev.moonflow.jobs.documents;

import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.jobs.ingest.Subject;
import dev.moonflow.jobs.perceive.Perceived;

/**
 * A document that still waits for pages.
 *
 * @param subject of the first page that came
 * @param source position, key and headers of its event
 * @param modelFingerprint of the model that read that page
 * @param seed of that page
 * @param received pages that came, failed ones included
 * @param expiryMillis processing time at which it is given up, or forgotten when it was before
 * @param givenUp whether its result has left already
 */
record OpenDocument(
    Subject subject,
    RawRecord source,
    String modelFingerprint,
    long seed,
    int received,
    long expiryMillis,
    boolean givenUp) {

  static OpenDocument of(Perceived page, long expiryMillis) {
    return new OpenDocument(
        page.subject(),
        page.source(),
        page.modelFingerprint(),
        page.seed(),
        0,
        expiryMillis,
        false);
  }

  int pageCount() {
    return subject.pageCount();
  }

  boolean complete() {
    return received >= pageCount();
  }

  OpenDocument receivedOne() {
    return new OpenDocument(
        subject, source, modelFingerprint, seed, received + 1, expiryMillis, givenUp);
  }

  OpenDocument giveUp(long forgetMillis) {
    return new OpenDocument(subject, source, modelFingerprint, seed, received, forgetMillis, true);
  }
}
