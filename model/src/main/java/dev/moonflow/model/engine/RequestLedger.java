package dev.moonflow.model.engine;

import dev.moonflow.model.engine.Progress.Phase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The one place where the stepping thread and all others meet: submissions, wishes to cancel, and
 * published progress. No method waits.
 */
final class RequestLedger {
  private final int requestsMax;
  private final Queue<TokenizedRequest> submitted = new ConcurrentLinkedQueue<>();
  private final Set<String> cancelled = ConcurrentHashMap.newKeySet();
  private final Map<String, Progress> published = new ConcurrentHashMap<>();
  private final Map<String, List<float[]>> features = new ConcurrentHashMap<>();

  /** A ledger of so many requests that are not forgotten, at most. */
  RequestLedger(int requestsMax) {
    this.requestsMax = requestsMax;
  }

  /** Any thread: enters a request as waiting. */
  void submit(TokenizedRequest request) {
    if (published.size() >= requestsMax) {
      throw new IllegalStateException(
          "the engine holds " + requestsMax + " requests that are not released");
    }
    Progress first =
        new Progress(request.id(), Phase.WAITING, request.resumeTokens().clone(), 0, null, null);
    if (published.putIfAbsent(request.id(), first) != null) {
      throw new IllegalArgumentException("request " + request.id() + " is in the engine already");
    }
    cancelled.remove(request.id()); // meant an earlier request of this id
    submitted.add(request);
  }

  /** Any thread: the last published progress. */
  Optional<Progress> progress(String id) {
    return Optional.ofNullable(published.get(id));
  }

  /** Any thread: the features that a request has published, once. */
  Optional<List<float[]>> takeFeatures(String id) {
    return Optional.ofNullable(features.remove(id));
  }

  /** Any thread: asks for a request's end; false if it is not known. */
  boolean cancel(String id) {
    Progress progress = published.get(id);
    if (progress == null) {
      return false;
    }
    if (!progress.finished()) {
      cancelled.add(id);
    }
    return true;
  }

  /** Any thread: forgets a request if it is finished. */
  void release(String id) {
    published.computeIfPresent(id, (key, progress) -> progress.finished() ? null : progress);
  }

  /** Stepping thread: the next submission, or null. */
  TokenizedRequest nextSubmitted() {
    return submitted.poll();
  }

  /** Stepping thread: whether any cancellation is to be looked at. */
  boolean hasCancelled() {
    return !cancelled.isEmpty();
  }

  /** Stepping thread: takes the wish to cancel a request, if there is one. */
  boolean takeCancelled(String id) {
    return cancelled.remove(id);
  }

  /** Stepping thread: drops wishes about requests that ended before they were seen. */
  void dropStaleCancellations() {
    cancelled.removeIf(
        id -> {
          Progress progress = published.get(id);
          return progress == null || progress.finished();
        });
  }

  /** Stepping thread: publishes where a request stands. */
  void publish(ActiveRequest request) {
    String id = request.request().id();
    List<float[]> rows = request.takeFeatures();
    if (request.phase() == Phase.FINISHED) {
      features.remove(id); // its answer is all that anybody needs
    } else if (!rows.isEmpty()) {
      features.put(id, rows);
    }
    published.put(id, request.progress());
  }

  /** Stepping thread: forgets everything. */
  void clear() {
    submitted.clear();
    cancelled.clear();
    published.clear();
    features.clear();
  }
}
