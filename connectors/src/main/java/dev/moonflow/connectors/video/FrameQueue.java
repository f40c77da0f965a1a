package dev.moonflow.connectors.video;

import dev.moonflow.connectors.kafka.RawRecord;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/**
 * Frames on their way from the threads that decode to the task's. Holds a few: who decodes faster
 * waits, and so the job's back-pressure reaches the source.
 */
final class FrameQueue {
  private static final int ITEMS_MAX = 8;

  private final Deque<Item> items = new ArrayDeque<>();
  private CompletableFuture<Void> available = new CompletableFuture<>();
  private boolean closed;

  /** A frame of a stream, or its end: a record without value. */
  record Item(String stream, long eventTimeMillis, RawRecord frame) {
    boolean ends() {
      return frame.value() == null;
    }
  }

  /** Adds an item; false when nobody wants it any more. */
  synchronized boolean put(Item item) throws InterruptedException {
    while (items.size() >= ITEMS_MAX && !closed) {
      wait();
    }
    if (closed) {
      return false;
    }
    items.addLast(item);
    available.complete(null);
    return true;
  }

  /** The next item, or null. */
  synchronized Item poll() {
    Item item = items.pollFirst();
    notifyAll();
    if (items.isEmpty() && available.isDone()) {
      available = new CompletableFuture<>();
    }
    return item;
  }

  synchronized boolean isEmpty() {
    return items.isEmpty();
  }

  /** Completes when there is an item. */
  synchronized CompletableFuture<Void> available() {
    return available;
  }

  /** Lets the task look again although there is no item. */
  synchronized void wake() {
    available.complete(null);
  }

  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
