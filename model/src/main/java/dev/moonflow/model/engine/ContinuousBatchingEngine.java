package dev.moonflow.model.engine;

import dev.moonflow.kernels.RgbImage;
import dev.moonflow.model.constraint.Constraint;
import dev.moonflow.model.engine.Progress.Phase;
import dev.moonflow.model.language.KvCache;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The engine over one loaded model: this package's documentation draws a request's way through it.
 *
 * <p>Other threads and the stepping thread meet in the {@link RequestLedger} only; everything else
 * belongs to the stepping thread.
 *
 * <p>A failure inside a packed batch is traced by computing the batch's members one by one, which
 * gives the others the bits they would have had; what fails alone ends as {@link
 * FinishReason#ERROR}. A failing device is nobody's fault and is thrown from {@link #step}.
 */
public final class ContinuousBatchingEngine implements Engine {

  /** Requests submitted and not released, at most; a caller keeps far below this. */
  public static final int REQUESTS_MAX = 65_536;

  private final EngineModel model;
  private final KvCache cache;
  private final RequestPreparer preparer;
  private final VisionStage vision;
  private final TokenStage tokens;
  private final int maxRunning;
  private final int maxPages;

  private final RequestLedger ledger = new RequestLedger(REQUESTS_MAX);
  private final ReentrantLock stepping = new ReentrantLock();
  private final Deque<ActiveRequest> waiting = new ArrayDeque<>();
  private final List<ActiveRequest> running = new ArrayList<>();
  private long submissions;
  private int reservedPages;
  private volatile boolean closed;

  /** An engine with its own cache on a shared model. */
  public ContinuousBatchingEngine(EngineModel model, EngineLimits limits) {
    this(model, limits, null);
  }

  /**
   * An engine with its own cache of tokens and a shared one of images.
   *
   * @param features of the same model, or null for none
   */
  public ContinuousBatchingEngine(EngineModel model, EngineLimits limits, FeatureCache features) {
    this.model = model;
    this.cache = model.language().newCache(limits.maxCacheTokens());
    this.preparer = new RequestPreparer(model, limits, features != null);
    this.vision = new VisionStage(model, limits.maxPatchesPerStep(), features);
    this.tokens = new TokenStage(model, limits.maxTokensPerStep());
    this.maxPages = KvCache.pagesFor(limits.maxCacheTokens());
    this.maxRunning = Math.min(limits.maxRunning(), limits.maxTokensPerStep());
  }

  @Override
  public PreparedRequest prepare(GenerationRequest request) throws RequestRejectedException {
    return preparer.prepare(request);
  }

  /**
   * Prepares a prompt given as ids, for callers that bring their own template. Media tokens stand
   * in it already.
   *
   * @param images in order of appearance, not processed yet
   * @param resumeTokens as in {@link GenerationRequest}
   * @throws RequestRejectedException if the request can never be computed
   */
  public PreparedRequest prepareIds(
      String id,
      int[] prompt,
      List<RgbImage> images,
      SamplingParameters sampling,
      int maxNewTokens,
      int[] resumeTokens)
      throws RequestRejectedException {
    return prepareIds(id, prompt, images, sampling, maxNewTokens, resumeTokens, null);
  }

  /** The same with a constraint of the answer, or null. */
  public PreparedRequest prepareIds(
      String id,
      int[] prompt,
      List<RgbImage> images,
      SamplingParameters sampling,
      int maxNewTokens,
      int[] resumeTokens,
      Constraint constraint)
      throws RequestRejectedException {
    return preparer.prepare(
        id,
        prompt.clone(),
        images,
        sampling,
        maxNewTokens,
        resumeTokens,
        constraint,
        KnownFeatures.NONE);
  }

  @Override
  public void submit(PreparedRequest request) {
    if (!(request instanceof TokenizedRequest tokenized)) {
      throw new IllegalArgumentException("request " + request.id() + " was not prepared here");
    }
    requireOpen();
    ledger.submit(tokenized);
  }

  @Override
  public StepReport step() {
    stepping.lock();
    try {
      requireOpen();
      List<ActiveRequest> finished = new ArrayList<>();
      takeSubmitted();
      takeCancelled(finished);
      admit(finished);
      VisionStage.Counts images = vision.run(running);
      TokenStage.Counts counts = tokens.run(running);
      publish(finished);
      return new StepReport(
          finished.stream()
              .sorted(Comparator.comparingLong(ActiveRequest::order))
              .map(ActiveRequest::progress)
              .toList(),
          images.patches(),
          counts.prefill(),
          counts.decode(),
          running.size(),
          waiting.size(),
          images.reuse());
    } finally {
      freeIfClosed();
      stepping.unlock();
    }
  }

  private void takeSubmitted() {
    for (TokenizedRequest request; (request = ledger.nextSubmitted()) != null; ) {
      waiting.add(new ActiveRequest(request, submissions++));
    }
  }

  private void takeCancelled(List<ActiveRequest> finished) {
    if (!ledger.hasCancelled()) {
      return;
    }
    for (Iterator<ActiveRequest> it = waiting.iterator(); it.hasNext(); ) {
      ActiveRequest request = it.next();
      if (ledger.takeCancelled(request.request().id())) {
        request.finish(FinishReason.CANCELLED, null);
        finished.add(request);
        it.remove();
      }
    }
    for (ActiveRequest request : running) {
      if (ledger.takeCancelled(request.request().id())) {
        request.finish(FinishReason.CANCELLED, null);
      }
    }
    retire(finished);
    ledger.dropStaleCancellations();
  }

  /** Admits from the head of the queue while there is room for all that a request may need. */
  private void admit(List<ActiveRequest> finished) {
    while (!waiting.isEmpty() && running.size() < maxRunning) {
      ActiveRequest request = waiting.peek();
      request.finishIfComplete(model.stops());
      if (request.phase() == Phase.FINISHED) {
        finished.add(waiting.remove()); // it was resumed with all its tokens
        continue;
      }
      int pages = KvCache.pagesFor(request.request().cacheTokens());
      if (reservedPages + pages > maxPages) {
        return;
      }
      reservedPages += pages;
      request.admit(cache.open(), model);
      running.add(waiting.remove());
    }
  }

  /** Moves ended requests out of the running ones and gives their room back. */
  private void retire(List<ActiveRequest> finished) {
    for (Iterator<ActiveRequest> it = running.iterator(); it.hasNext(); ) {
      ActiveRequest request = it.next();
      if (request.phase() == Phase.FINISHED) {
        it.remove();
        reservedPages -= KvCache.pagesFor(request.request().cacheTokens());
        finished.add(request);
      }
    }
  }

  private void publish(List<ActiveRequest> finished) {
    retire(finished);
    running.forEach(ledger::publish);
    finished.forEach(ledger::publish);
  }

  @Override
  public Optional<Progress> progress(String id) {
    return ledger.progress(id);
  }

  @Override
  public Optional<List<float[]>> takeFeatures(String id) {
    return ledger.takeFeatures(id);
  }

  @Override
  public boolean cancel(String id) {
    return ledger.cancel(id);
  }

  /** Forgets a finished request; does nothing while it is not finished. */
  @Override
  public void release(String id) {
    ledger.release(id);
  }

  @Override
  public double cacheUsage() {
    return (double) cache.usedTokens() / cache.capacityTokens();
  }

  /** Tokens of KV cache in use, in whole pages; may be read from any thread. */
  public long cacheTokensUsed() {
    return cache.usedTokens();
  }

  /** Tokens of KV cache that there are, in whole pages. */
  public long cacheTokens() {
    return cache.capacityTokens();
  }

  /** Frees everything at once, or at the end of the step that is going on. */
  @Override
  public void close() {
    closed = true;
    if (stepping.tryLock()) {
      try {
        freeIfClosed();
      } finally {
        stepping.unlock();
      }
    }
  }

  private void freeIfClosed() {
    if (closed) {
      running.forEach(request -> request.finish(FinishReason.CANCELLED, null));
      running.clear();
      waiting.clear();
      ledger.clear();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the engine is closed");
    }
  }
}
