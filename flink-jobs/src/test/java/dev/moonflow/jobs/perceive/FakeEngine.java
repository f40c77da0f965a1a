package dev.moonflow.jobs.perceive;

import dev.moonflow.kernels.RgbImage;
import dev.moonflow.model.chat.ContentPart;
import dev.moonflow.model.engine.Engine;
import dev.moonflow.model.engine.FinishReason;
import dev.moonflow.model.engine.GenerationRequest;
import dev.moonflow.model.engine.PreparedRequest;
import dev.moonflow.model.engine.Progress;
import dev.moonflow.model.engine.RequestRejectedException;
import dev.moonflow.model.engine.StepReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * An engine whose next token follows from the prompt, the seed and all tokens before it. Every step
 * gives each request one token. Some words in a prompt are bad for it. The features of an image are
 * the mean of its samples; tokens do not follow from them.
 */
final class FakeEngine implements Engine {
  static final String UNPREPARABLE = "unpreparable";
  static final String INCOMPUTABLE = "incomputable";
  static final String CRASH = "crash";

  private final FakeModel model;
  private final ConcurrentLinkedQueue<Prepared> submitted = new ConcurrentLinkedQueue<>();
  private final Map<String, Prepared> running = new LinkedHashMap<>();
  private final Map<String, Progress> published = new ConcurrentHashMap<>();
  private final Set<String> cancelled = ConcurrentHashMap.newKeySet();

  FakeEngine(FakeModel model) {
    this.model = model;
  }

  private final Map<String, List<float[]>> features = new ConcurrentHashMap<>();

  private record Prepared(GenerationRequest request, String prompt) implements PreparedRequest {
    private List<RgbImage> images() {
      return request.messages().stream()
          .flatMap(message -> message.parts().stream())
          .filter(ContentPart.Image.class::isInstance)
          .map(part -> ((ContentPart.Image) part).image())
          .toList();
    }

    @Override
    public String id() {
      return request.id();
    }

    @Override
    public int promptTokens() {
      return prompt.length();
    }

    @Override
    public int patches() {
      return 0;
    }
  }

  /** The whole generation of a prompt, as one uninterrupted engine makes it. */
  static int[] expected(String prompt, long seed, int count) {
    int[] tokens = new int[0];
    while (tokens.length < count) {
      tokens = next(prompt, seed, tokens);
    }
    return tokens;
  }

  private static int[] next(String prompt, long seed, int[] tokens) {
    int[] more = Arrays.copyOf(tokens, tokens.length + 1);
    int hash = 31 * Arrays.hashCode(tokens) + prompt.hashCode() + Long.hashCode(seed);
    more[tokens.length] = Math.floorMod(hash, 1_000);
    return more;
  }

  @Override
  public PreparedRequest prepare(GenerationRequest request) throws RequestRejectedException {
    StringBuilder prompt = new StringBuilder();
    request
        .messages()
        .forEach(
            message ->
                message.parts().stream()
                    .filter(ContentPart.Text.class::isInstance)
                    .forEach(part -> prompt.append(((ContentPart.Text) part).text())));
    if (prompt.indexOf(UNPREPARABLE) >= 0) {
      throw new RequestRejectedException("Field messages holds a bad word.");
    }
    return new Prepared(request, prompt.toString());
  }

  @Override
  public void submit(PreparedRequest request) {
    Prepared prepared = (Prepared) request;
    int[] tokens = prepared.request().resumeTokens();
    published.put(
        request.id(), new Progress(request.id(), Progress.Phase.WAITING, tokens, 0, null, null));
    submitted.add(prepared);
    model.resumed.add(tokens.length);
  }

  @Override
  public StepReport step() {
    // First the permit: whatever was submitted before it was given takes part in the step.
    boolean allowed = (!running.isEmpty() || !submitted.isEmpty()) && allowed();
    for (Prepared each; (each = submitted.poll()) != null; ) {
      running.put(each.id(), each);
      encode(each);
    }
    model.mostAtOnce.accumulateAndGet(published.size(), Math::max);
    List<Progress> finished = new ArrayList<>();
    int tokens = 0;
    for (Iterator<Prepared> each = running.values().iterator(); each.hasNext(); ) {
      String id = each.next().id();
      if (cancelled.remove(id)) {
        each.remove();
        model.cancelled.incrementAndGet();
        finished.add(
            new Progress(id, Progress.Phase.FINISHED, new int[0], 1, FinishReason.CANCELLED, null));
      }
    }
    if (allowed) {
      hangWhileTold();
      for (Iterator<Prepared> each = running.values().iterator(); each.hasNext(); ) {
        Progress progress = advance(each.next());
        published.put(progress.id(), progress);
        tokens++;
        if (progress.finished()) {
          finished.add(progress);
          each.remove();
        }
      }
    }
    if (tokens > 0) {
      model.stepsDone.incrementAndGet();
    }
    return new StepReport(finished, 0, 0, tokens, running.size(), submitted.size());
  }

  private void hangWhileTold() {
    if (model.hang) {
      model.hanging.incrementAndGet();
      while (model.hang) {
        Thread.onSpinWait();
      }
      model.hanging.decrementAndGet();
    }
  }

  private void encode(Prepared prepared) {
    if (!prepared.request().features().rows().isEmpty()) {
      return;
    }
    List<float[]> rows = prepared.images().stream().map(FakeEngine::features).toList();
    model.imagesEncoded.addAndGet(rows.size());
    if (prepared.request().features().wanted() && !rows.isEmpty()) {
      features.put(prepared.id(), rows);
    }
  }

  private static float[] features(RgbImage image) {
    long sum = 0;
    for (byte sample : image.rgb()) {
      sum += Byte.toUnsignedInt(sample);
    }
    return new float[] {(float) sum / image.rgb().length};
  }

  private boolean allowed() {
    try {
      return model.steps.tryAcquire(2, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Progress advance(Prepared prepared) {
    GenerationRequest request = prepared.request();
    if (prepared.prompt().contains(CRASH)) {
      throw new IllegalStateException("the device is gone");
    }
    int[] tokens = published.get(request.id()).tokens();
    if (prepared.prompt().contains(INCOMPUTABLE)) {
      return new Progress(
          request.id(), Progress.Phase.FINISHED, tokens, 1, FinishReason.ERROR, "It overflowed.");
    }
    tokens = next(prepared.prompt(), request.sampling().seed(), tokens);
    boolean done = tokens.length >= request.maxNewTokens();
    return new Progress(
        request.id(),
        done ? Progress.Phase.FINISHED : Progress.Phase.DECODE,
        tokens,
        prepared.prompt().length(),
        done ? FinishReason.LENGTH : null,
        null,
        logProbabilities(tokens, request.resumeTokens().length));
  }

  /** What a token's probability is follows from the token. */
  static float[] logProbabilities(int[] tokens, int from) {
    float[] values = new float[tokens.length - from];
    for (int i = 0; i < values.length; i++) {
      values[i] = -tokens[from + i] / 1_000f;
    }
    return values;
  }

  @Override
  public Optional<Progress> progress(String id) {
    return Optional.ofNullable(published.get(id));
  }

  @Override
  public Optional<List<float[]>> takeFeatures(String id) {
    return Optional.ofNullable(features.remove(id));
  }

  @Override
  public boolean cancel(String id) {
    boolean known = published.containsKey(id);
    if (known) {
      cancelled.add(id);
    }
    return known;
  }

  @Override
  public void release(String id) {
    published.remove(id);
  }

  @Override
  public void close() {
    model.enginesClosed.incrementAndGet();
  }
}
