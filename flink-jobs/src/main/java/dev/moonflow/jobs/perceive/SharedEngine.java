package dev.moonflow.jobs.perceive;

import dev.moonflow.connectors.media.DecodedImage;
import dev.moonflow.connectors.media.ImageReader;
import dev.moonflow.connectors.media.MediaRejectedException;
import dev.moonflow.kernels.RgbImage;
import dev.moonflow.model.chat.ContentPart;
import dev.moonflow.model.chat.Message;
import dev.moonflow.model.engine.GenerationRequest;
import dev.moonflow.model.engine.PreparedRequest;
import dev.moonflow.model.engine.Progress;
import dev.moonflow.model.engine.RequestRejectedException;
import dev.moonflow.model.engine.StepReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One engine for many callers that ask and get futures. Images are decoded by a pool ahead of the
 * engine, under a budget of patches; answers come on the engine's thread. Who asks again after a
 * restart gets the same words: nothing of an answer depends on who else asks.
 */
final class SharedEngine implements AutoCloseable {
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final SharedModels.Lease lease;
  private final EngineHost host;
  private final PatchBudget budget;
  private final ExecutorService pool;
  private final Runnable broken;
  private final AtomicLong ids = new AtomicLong();
  private final Map<String, Asked> open = new ConcurrentHashMap<>();

  /** A question on its way. */
  private record Asked(Question question, CompletableFuture<Answered> answer, long arrivedNanos) {}

  /**
   * An engine that runs at once.
   *
   * @param lease of its model, given back once the engine is closed
   * @param broken runs when it steps no more; whoever waits is told too
   */
  SharedEngine(SharedModels.Lease lease, PerceiveSettings settings, Runnable broken) {
    this.lease = lease;
    this.broken = broken;
    budget = new PatchBudget(settings.patchesAhead());
    String name = "moonflow-shared-" + NUMBERS.incrementAndGet();
    PerceiveParts parts = new PerceiveParts();
    pool = parts.preparers(name + "-prepare", settings.prepareThreads());
    host =
        parts.host(
            name,
            lease
                .model()
                .newEngine(settings.engine(), lease.features(settings.featureCacheBytes())),
            new FromEngine(),
            lease::close);
    host.start();
  }

  String fingerprint() {
    return lease.model().fingerprint();
  }

  /** Asks; see {@link EngineShare#ask}. */
  CompletableFuture<Answered> ask(Question question, Duration timeout) {
    String id = "q" + ids.incrementAndGet();
    CompletableFuture<Answered> answer = new CompletableFuture<>();
    Asked asked = new Asked(question, answer, System.nanoTime());
    open.put(id, asked);
    answer.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    // However it ends: what the engine still does for it ends too.
    var unused = answer.whenComplete((answered, error) -> takeBack(id));
    try {
      pool.execute(() -> prepare(id, asked));
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(new IllegalStateException("the engine is closed", e));
    }
    return translated(answer, timeout);
  }

  /** The same future to its caller, with a sentence where time ran out. */
  private static CompletableFuture<Answered> translated(
      CompletableFuture<Answered> answer, Duration timeout) {
    CompletableFuture<Answered> told = new CompletableFuture<>();
    var unused =
        answer.whenComplete(
            (answered, error) -> {
              if (error instanceof TimeoutException) {
                String sentence = "There was no answer within " + timeout.toMillis() + " ms.";
                told.completeExceptionally(new QuestionFailedException(sentence, error));
              } else if (error != null) {
                told.completeExceptionally(error);
              } else {
                told.complete(answered);
              }
            });
    var unusedToo =
        told.whenComplete(
            (answered, error) -> {
              if (told.isCancelled()) {
                answer.cancel(false);
              }
            });
    return told;
  }

  private void takeBack(String id) {
    if (open.remove(id) != null) {
      host.engine().cancel(id);
    }
  }

  /** On a thread of the pool. */
  private void prepare(String id, Asked asked) {
    if (asked.answer().isDone()) {
      return;
    }
    try {
      PreparedRequest prepared;
      try {
        prepared = prepared(id, asked.question());
      } catch (MediaRejectedException | RequestRejectedException | RuntimeException e) {
        asked.answer().completeExceptionally(new QuestionFailedException(sentence(e), e));
        return;
      }
      budget.acquire(prepared.patches());
      host.submit(prepared, asked.arrivedNanos());
      if (asked.answer().isDone()) {
        host.engine().cancel(id);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      asked.answer().cancel(false);
    } catch (Throwable e) {
      asked.answer().completeExceptionally(e);
    }
  }

  private static String sentence(Exception e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  private PreparedRequest prepared(String id, Question question)
      throws MediaRejectedException, RequestRejectedException {
    List<ContentPart> parts = new ArrayList<>();
    if (question.image() != null) {
      DecodedImage image = ImageReader.decode(question.image(), question.media());
      parts.add(new ContentPart.Image(new RgbImage(image.width(), image.height(), image.rgb())));
    }
    parts.add(new ContentPart.Text(question.prompt()));
    return host.engine()
        .prepare(
            new GenerationRequest(
                id,
                List.of(new Message("user", parts)),
                question.sampling(),
                question.maxNewTokens(),
                new int[0],
                question.constraint()));
  }

  @Override
  public void close() {
    pool.shutdownNow();
    host.close();
    fail(new IllegalStateException("the engine is closed"));
  }

  private void fail(Throwable cause) {
    List.copyOf(open.values()).forEach(asked -> asked.answer().completeExceptionally(cause));
  }

  /** What the engine's thread reports. */
  private final class FromEngine implements EngineHost.Listener {
    @Override
    public void stepped(StepReport report) {
      budget.encoded(report.patches() + report.reuse().patchesReused());
      if (report.running() == 0 && report.waiting() == 0) {
        budget.settle();
      }
      report.finished().forEach(this::finished);
    }

    private void finished(Progress progress) {
      host.engine().release(progress.id());
      Asked asked = open.remove(progress.id());
      if (asked == null) {
        return; // taken back
      }
      switch (progress.finishReason()) {
        case STOP, LENGTH -> asked.answer().complete(answered(asked.question(), progress));
        case ERROR ->
            asked.answer().completeExceptionally(new QuestionFailedException(progress.error()));
        case CANCELLED -> asked.answer().cancel(false);
      }
    }

    private Answered answered(Question question, Progress progress) {
      LoadedModel.Reply reply =
          question.constraint() == null
              ? lease.model().read(progress.tokens())
              : lease.model().readPlain(progress.tokens());
      return new Answered(
          reply.text(),
          reply.thinking(),
          progress.tokens().length,
          progress.promptTokens(),
          progress.finishReason());
    }

    @Override
    public void starved(long nanos) {
      // Callers ask one by one; nobody is late.
    }

    @Override
    public void failed(Throwable cause) {
      broken.run();
      fail(cause);
    }
  }
}
