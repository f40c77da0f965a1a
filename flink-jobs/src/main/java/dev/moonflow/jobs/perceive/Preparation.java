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
import dev.moonflow.model.engine.KnownFeatures;
import dev.moonflow.model.engine.PreparedRequest;
import dev.moonflow.model.engine.RequestRejectedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;

/** The small pool that decodes images and prepares requests ahead of the engine. */
final class Preparation implements AutoCloseable {
  private final EngineHost host;
  private final PatchBudget budget;
  private final MediaLimits limits;
  private final boolean featuresWanted;
  private final Listener listener;
  private final ExecutorService pool;

  /** Hears, on a thread of the pool, of what could not be prepared. */
  interface Listener {
    /** This request is at fault; others are not touched. */
    void rejected(String id, Exception why);

    /** Something is broken that no request is to blame for. */
    void failed(Throwable cause);
  }

  /**
   * A preparation ahead of a host's engine.
   *
   * @param pool what it runs on; closed with it
   * @param featuresWanted whether the engine is to hand out the features of images
   */
  Preparation(
      ExecutorService pool,
      EngineHost host,
      PatchBudget budget,
      MediaLimits limits,
      boolean featuresWanted,
      Listener listener) {
    this.pool = pool;
    this.host = host;
    this.budget = budget;
    this.limits = limits;
    this.featuresWanted = featuresWanted;
    this.listener = listener;
  }

  /**
   * Prepares a request and submits it to the engine.
   *
   * @param request that of the entry, with everything known that it tells of
   */
  void begin(InFlight entry, PerceptionRequest request) {
    pool.execute(() -> prepare(entry, request));
  }

  /** On a thread of the pool, which may read what of an entry never changes. */
  private void prepare(InFlight entry, PerceptionRequest request) {
    String id = entry.id();
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
                        entry.resumeTokens(),
                        request.constraint(),
                        known(entry)));
      } catch (MediaRejectedException | RequestRejectedException | RuntimeException e) {
        listener.rejected(id, e);
        return;
      }
      budget.acquire(prepared.patches());
      host.submit(prepared, entry.arrivedNanos());
    } catch (InterruptedException e) {
      // The operator is closing; its state has the request.
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      listener.failed(e);
    }
  }

  private KnownFeatures known(InFlight entry) {
    if (!entry.features().isEmpty()) {
      return KnownFeatures.of(entry.features());
    }
    return featuresWanted ? KnownFeatures.WANTED : KnownFeatures.NONE;
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
    if (part instanceof PromptPart.Earlier) {
      throw new IllegalStateException("nobody looked up the captions before");
    }
    DecodedImage image = ImageReader.decode(((PromptPart.Image) part).file().bytes(), limits);
    return new ContentPart.Image(new RgbImage(image.width(), image.height(), image.rgb()));
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
