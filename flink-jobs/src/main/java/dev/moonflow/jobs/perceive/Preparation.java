package dev.moonflow.jobs.perceive;

import dev.moonflow.connectors.media.DecodedImage;
import dev.moonflow.connectors.media.ImageReader;
import dev.moonflow.connectors.media.MediaLimits;
import dev.moonflow.connectors.media.MediaRejectedException;
import dev.moonflow.jobs.ingest.PerceptionRequest;
import dev.moonflow.jobs.ingest.PromptMessage;
import dev.moonflow.jobs.ingest.PromptPart;
import dev.moonflow.kernels.RgbImage;
import dev.moonflow.model.chat.ContentPart;
import dev.moonflow.model.chat.Message;
import dev.moonflow.model.engine.GenerationRequest;
import dev.moonflow.model.engine.PreparedRequest;
import dev.moonflow.model.engine.RequestRejectedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The small pool that decodes images and prepares requests ahead of the engine. */
final class Preparation implements AutoCloseable {
  private final EngineHost host;
  private final PatchBudget budget;
  private final MediaLimits limits;
  private final Listener listener;
  private final ExecutorService pool;

  /** Hears, on a thread of the pool, of what could not be prepared. */
  interface Listener {
    /** This request is at fault; others are not touched. */
    void rejected(String id, Exception why);

    /** Something is broken that no request is to blame for. */
    void failed(Throwable cause);
  }

  Preparation(
      String name,
      int threads,
      EngineHost host,
      PatchBudget budget,
      MediaLimits limits,
      Listener listener) {
    this.host = host;
    this.budget = budget;
    this.limits = limits;
    this.listener = listener;
    AtomicInteger number = new AtomicInteger();
    pool =
        Executors.newFixedThreadPool(
            threads,
            work -> {
              Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Prepares a request and submits it to the engine. */
  void begin(InFlight entry) {
    String id = entry.id();
    PerceptionRequest request = entry.request();
    int[] resumeTokens = entry.resumeTokens();
    long arrivedNanos = entry.arrivedNanos();
    pool.execute(() -> prepare(id, request, resumeTokens, arrivedNanos));
  }

  private void prepare(
      String id, PerceptionRequest request, int[] resumeTokens, long arrivedNanos) {
    try {
      PreparedRequest prepared;
      try {
        prepared =
            host.engine()
                .prepare(
                    new GenerationRequest(
                        id,
                        decode(request.messages()),
                        request.sampling(),
                        request.maxNewTokens(),
                        resumeTokens,
                        request.constraint()));
      } catch (MediaRejectedException | RequestRejectedException | RuntimeException e) {
        listener.rejected(id, e);
        return;
      }
      budget.acquire(prepared.patches());
      host.submit(prepared, arrivedNanos);
    } catch (InterruptedException e) {
      // The operator is closing; its state has the request.
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      listener.failed(e);
    }
  }

  private List<Message> decode(List<PromptMessage> prompt) throws MediaRejectedException {
    List<Message> messages = new ArrayList<>(prompt.size());
    for (PromptMessage message : prompt) {
      List<ContentPart> parts = new ArrayList<>();
      for (PromptPart part : message.parts()) {
        parts.add(decode(part));
      }
      messages.add(new Message(message.role(), parts));
    }
    return messages;
  }

  private ContentPart decode(PromptPart part) throws MediaRejectedException {
    if (part instanceof PromptPart.Text text) {
      return new ContentPart.Text(text.text());
    }
    if (part instanceof PromptPart.Seen seen) {
      throw new IllegalStateException("nobody looked up what was seen as " + seen.eventId());
    }
    DecodedImage image = ImageReader.decode(((PromptPart.Image) part).file().bytes(), limits);
    return new ContentPart.Image(new RgbImage(image.width(), image.height(), image.rgb()));
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
