package dev.moonflow.jobs.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The sampling seed of an event that brings none: the first eight bytes, big-endian, of the SHA-256
 * of the event's id in UTF-8; for a page of the id, a {@code #} and the page number from 1. The
 * same event gives the same tokens on every run.
 */
public final class EventSeed {
  private EventSeed() {}

  /** The seed of an event. */
  public static long of(String eventId) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(eventId.getBytes(UTF_8));
      return ByteBuffer.wrap(hash).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  static long ofLine(String eventId, int page, int line) {
    return of(eventId + "#" + page + "/" + line);
  }

  /** The seed of a page; pages count from 1. */
  static long ofPage(String eventId, int page) {
    return of(eventId + "#" + page);
  }
}
