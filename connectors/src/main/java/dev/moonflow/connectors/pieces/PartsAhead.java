package dev.moonflow.connectors.pieces;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The thread that takes the parts of one record after the other, a few ahead of the reader that
 * hands them on: who takes faster waits.
 */
final class PartsAhead<T> implements AutoCloseable {
  private final RecordSplitter<T> splitter;
  private final int partsMax;
  private final Thread thread;
  private final Deque<Part<T>> parts = new ArrayDeque<>();
  private CompletableFuture<Void> available = new CompletableFuture<>();
  private OpenRecord<T> wanted;
  private Throwable failure;

  /**
   * A part.
   *
   * @param taken parts of its record that are taken with this one
   * @param count parts of its record
   */
  record Part<T>(List<T> values, int taken, int count) {}

  PartsAhead(RecordSplitter<T> splitter, int partsMax, String name) {
    this.splitter = splitter;
    this.partsMax = partsMax;
    thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Begins a record that has parts left, when the parts of the one before are all polled. */
  synchronized void begin(OpenRecord<T> record) {
    wanted = record;
    notifyAll();
  }

  /**
   * The next part, or null.
   *
   * @throws IllegalStateException if the splitter failed
   */
  synchronized Part<T> poll() {
    Part<T> part = parts.pollFirst();
    if (part == null && failure != null) {
      throw new IllegalStateException("a record could not be taken apart", failure);
    }
    if (parts.isEmpty() && failure == null && available.isDone()) {
      available = new CompletableFuture<>();
    }
    notifyAll();
    return part;
  }

  /** Completes when there is a part or a failure. */
  synchronized CompletableFuture<Void> available() {
    return available;
  }

  /** Parts that are there. */
  synchronized int size() {
    return parts.size();
  }

  private void run() {
    try (splitter) {
      while (true) {
        takeApart(take());
      }
    } catch (InterruptedException e) {
      // The reader is closing; its state has the place.
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      fail(e);
    }
  }

  private void takeApart(OpenRecord<T> open) throws InterruptedException {
    try (RecordSplitter.Parts<T> all = splitter.open(open.record(), open.taken(), open.count())) {
      for (int taken = open.taken() + 1; taken <= all.count(); taken++) {
        put(new Part<>(all.next(), taken, all.count()));
      }
    }
  }

  private synchronized OpenRecord<T> take() throws InterruptedException {
    while (wanted == null) {
      wait();
    }
    OpenRecord<T> record = wanted;
    wanted = null;
    return record;
  }

  private synchronized void put(Part<T> part) throws InterruptedException {
    while (parts.size() >= partsMax) {
      wait();
    }
    parts.addLast(part);
    available.complete(null);
  }

  private synchronized void fail(Throwable cause) {
    failure = cause;
    available.complete(null);
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
