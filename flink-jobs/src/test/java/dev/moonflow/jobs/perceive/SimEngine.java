package dev.moonflow.jobs.perceive;

import dev.moonflow.jobs.ingest.PerceptionRequest;
import dev.moonflow.jobs.ingest.PromptPart;
import dev.moonflow.kernels.RgbImage;
import dev.moonflow.model.chat.ContentPart;
import dev.moonflow.model.engine.Engine;
import dev.moonflow.model.engine.FinishReason;
import dev.moonflow.model.engine.GenerationRequest;
import dev.moonflow.model.engine.PreparedRequest;
import dev.moonflow.model.engine.Progress;
import dev.moonflow.model.engine.Progress.Phase;
import dev.moonflow.model.engine.RequestRejectedException;
import dev.moonflow.model.engine.SamplingParameters;
import dev.moonflow.model.engine.StepReport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;

/**
 * The engine of the simulation: admission, phases and publication as the real one has them, and
 * tokens that follow from the prompt, the features of its images, the seed and the tokens before.
 * In a step some requests advance and some do not, as chance has it.
 */
class SimEngine implements Engine {
  static final String UNPREPARABLE = "unpreparable";
  static final String INCOMPUTABLE = "incomputable";
  private static final int RUNNING_MAX = 3;
  private static final int PREFILL_CHUNK = 6;
  private static final int STOP_EVERY = 13;

  private final Deque<Slot> waiting = new ArrayDeque<>();
  private final List<Slot> running = new ArrayList<>();
  private final Map<String, Progress> published = new HashMap<>();
  private final Map<String, List<float[]>> features = new HashMap<>();
  private SplittableRandom random = new SplittableRandom(0);
  private BiConsumer<String, Standing> onSubmit = (prompt, standing) -> {};
  private boolean closed;

  /** A request inside the engine. */
  static final class Slot {
    final GenerationRequest request;
    final String prompt;
    List<float[]> rows;
    Phase phase = Phase.WAITING;
    int prefillLeft;
    int[] tokens;

    Slot(GenerationRequest request, String prompt) {
      this.request = request;
      this.prompt = prompt;
      rows = request.features().rows();
      tokens = request.resumeTokens();
    }

    Standing standing() {
      return new Standing(tokens.length, !rows.isEmpty());
    }

    private int images() {
      return SimEngine.images(request).size();
    }
  }

  private record Prepared(GenerationRequest request, String prompt) implements PreparedRequest {
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

  /**
   * Sets what an engine needs of its simulation.
   *
   * @param hears of each prompt that is submitted, and where it stands
   */
  void join(SplittableRandom source, BiConsumer<String, Standing> hears) {
    random = source;
    onSubmit = hears;
  }

  @Override
  public PreparedRequest prepare(GenerationRequest request) throws RequestRejectedException {
    StringBuilder prompt = new StringBuilder();
    request.messages().stream()
        .flatMap(message -> message.parts().stream())
        .filter(ContentPart.Text.class::isInstance)
        .forEach(part -> prompt.append(((ContentPart.Text) part).text()));
    if (prompt.indexOf(UNPREPARABLE) >= 0) {
      throw new RequestRejectedException("Field messages holds a bad word.");
    }
    return new Prepared(request, prompt.toString());
  }

  private static List<RgbImage> images(GenerationRequest request) {
    return request.messages().stream()
        .flatMap(message -> message.parts().stream())
        .filter(ContentPart.Image.class::isInstance)
        .map(part -> ((ContentPart.Image) part).image())
        .toList();
  }

  @Override
  public void submit(PreparedRequest request) {
    Prepared prepared = (Prepared) request;
    if (published.containsKey(request.id())) {
      throw new IllegalArgumentException("request " + request.id() + " is in the engine already");
    }
    Slot slot = new Slot(prepared.request(), prepared.prompt());
    published.put(
        request.id(),
        new Progress(request.id(), Phase.WAITING, slot.tokens.clone(), 0, null, null));
    waiting.add(slot);
    onSubmit.accept(slot.prompt, slot.standing());
  }

  boolean hasWork() {
    return !closed && !(waiting.isEmpty() && running.isEmpty());
  }

  /**
   * Where a request stands.
   *
   * @param tokens it has
   * @param encoded whether it has images and their features
   */
  record Standing(int tokens, boolean encoded) {}

  /** Where each request stands as published, by its prompt. */
  Map<String, Standing> standings() {
    Map<String, Standing> all = new HashMap<>();
    waiting.forEach(slot -> all.put(slot.prompt, slot.standing()));
    running.forEach(slot -> all.put(slot.prompt, slot.standing()));
    return all;
  }

  @Override
  public StepReport step() {
    while (!waiting.isEmpty() && running.size() < RUNNING_MAX) {
      Slot slot = waiting.remove();
      slot.phase = Phase.ENCODE;
      running.add(slot);
    }
    List<Progress> finished = new ArrayList<>();
    int decoded = 0;
    for (Slot slot : List.copyOf(running)) {
      if (random.nextInt(4) == 0) {
        continue;
      }
      int before = slot.tokens.length;
      Progress progress = advance(slot);
      decoded += slot.tokens.length - before;
      published.put(progress.id(), progress);
      if (progress.finished()) {
        running.remove(slot);
        features.remove(progress.id());
        finished.add(progress);
      }
    }
    return new StepReport(finished, 0, 0, decoded, running.size(), waiting.size());
  }

  private Progress advance(Slot slot) {
    switch (slot.phase) {
      case ENCODE -> {
        if (slot.rows.isEmpty()) {
          slot.rows = images(slot.request).stream().map(SimEngine::featuresOf).toList();
          if (slot.request.features().wanted() && !slot.rows.isEmpty()) {
            features.put(slot.request.id(), slot.rows);
          }
        } else if (slot.rows.size() != slot.images()) {
          throw new IllegalStateException("features of other images");
        }
        slot.prefillLeft = slot.prompt.length() + slot.tokens.length;
        slot.phase = Phase.PREFILL;
      }
      case PREFILL -> {
        slot.prefillLeft -= PREFILL_CHUNK;
        slot.phase = slot.prefillLeft > 0 ? Phase.PREFILL : Phase.DECODE;
      }
      default -> {
        if (reason(slot.tokens, slot.request.sampling(), slot.request.maxNewTokens()) == null) {
          slot.tokens = append(slot.tokens, token(slot));
        }
      }
    }
    return progress(slot);
  }

  /** The next token of a request. */
  int token(Slot slot) {
    return next(slot.prompt, slot.rows, slot.request.sampling(), slot.tokens);
  }

  private static Progress progress(Slot slot) {
    GenerationRequest request = slot.request;
    boolean decodes = slot.phase == Phase.DECODE;
    if (decodes && slot.prompt.contains(INCOMPUTABLE)) {
      return new Progress(
          request.id(), Phase.FINISHED, slot.tokens, 1, FinishReason.ERROR, "It overflowed.");
    }
    FinishReason reason =
        decodes ? reason(slot.tokens, request.sampling(), request.maxNewTokens()) : null;
    return new Progress(
        request.id(),
        reason == null ? slot.phase : Phase.FINISHED,
        slot.tokens,
        slot.prompt.length(),
        reason,
        null,
        logProbabilities(slot.tokens, request.resumeTokens().length));
  }

  private static FinishReason reason(int[] tokens, SamplingParameters sampling, int max) {
    int count = tokens.length;
    if (count > 0 && !sampling.ignoreStopTokens() && tokens[count - 1] % STOP_EVERY == 0) {
      return FinishReason.STOP;
    }
    return count >= max ? FinishReason.LENGTH : null;
  }

  static float[] featuresOf(RgbImage image) {
    return new float[] {Arrays.hashCode(image.rgb()) % 1_000, image.width()};
  }

  private static int next(
      String prompt, List<float[]> rows, SamplingParameters sampling, int[] tokens) {
    int hash = prompt.hashCode();
    for (float[] row : rows) {
      hash = 31 * hash + Arrays.hashCode(row);
    }
    hash = 31 * hash + Long.hashCode(sampling.seed());
    hash = 31 * hash + Float.hashCode(sampling.temperature());
    hash = 31 * hash + Arrays.hashCode(tokens);
    hash ^= hash >>> 15; // so that neighbours do not differ by a constant
    hash *= 0x2c1b3c6d;
    return Math.floorMod(hash ^ hash >>> 12, 5_000);
  }

  private static int[] append(int[] tokens, int token) {
    int[] more = Arrays.copyOf(tokens, tokens.length + 1);
    more[tokens.length] = token;
    return more;
  }

  private static float[] logProbabilities(int[] tokens, int from) {
    float[] values = new float[tokens.length - from];
    for (int i = 0; i < values.length; i++) {
      values[i] = -(tokens[from + i] % 97) / 16f;
    }
    return values;
  }

  /** What the request comes to if nothing ever goes wrong. */
  static Outcome expected(PerceptionRequest request, List<float[]> rows) {
    StringBuilder prompt = new StringBuilder();
    request.messages().stream()
        .flatMap(message -> message.parts().stream())
        .filter(PromptPart.Text.class::isInstance)
        .forEach(part -> prompt.append(((PromptPart.Text) part).text()));
    if (prompt.indexOf(UNPREPARABLE) >= 0 || prompt.indexOf(INCOMPUTABLE) >= 0) {
      return new Outcome.FailedBefore();
    }
    int[] tokens = new int[0];
    while (reason(tokens, request.sampling(), request.maxNewTokens()) == null) {
      tokens = append(tokens, next(prompt.toString(), rows, request.sampling(), tokens));
    }
    return new Outcome.Written(
        tokens,
        prompt.length(),
        reason(tokens, request.sampling(), request.maxNewTokens()),
        logProbabilities(tokens, 0));
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
    throw new UnsupportedOperationException("nobody cancels");
  }

  @Override
  public void release(String id) {
    published.computeIfPresent(id, (key, progress) -> progress.finished() ? null : progress);
  }

  @Override
  public void close() {
    closed = true;
  }
}
