package dev.moonflow.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.model.engine.GoldenEngine.Prompt;
import dev.moonflow.model.engine.Progress.Phase;
import dev.moonflow.model.language.KvSequence;
import dev.moonflow.model.language.LanguageModel;
import dev.moonflow.model.language.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The life of requests, step by step. */
class EngineStepTest {

  private static final SamplingParameters GREEDY = SamplingParameters.greedy();
  private static final SamplingParameters ON = new SamplingParameters(0f, 1f, 0, true);

  private final Prompt text = GoldenEngine.prompt("text_short");
  private final Prompt image = GoldenEngine.prompt("chat_two_images");

  @Test
  void aRequestWalksThroughThePhases() {
    EngineLimits limits = new EngineLimits(4, 40, 40, 4096, 4096, 4096);
    try (ContinuousBatchingEngine engine = GoldenEngine.MODEL.newEngine(limits)) {
      engine.submit(GoldenEngine.prepare(engine, "a", image, ON, 3));
      List<Phase> phases = new ArrayList<>(List.of(phase(engine, "a")));
      List<Integer> counts = new ArrayList<>();
      while (phase(engine, "a") != Phase.FINISHED) {
        engine.step();
        phases.add(phase(engine, "a"));
        counts.add(engine.progress("a").orElseThrow().tokens().length);
      }
      // 24 and 128 patches under a budget of 40: two vision steps; then 93 tokens by 40.
      assertThat(phases)
          .containsExactly(
              Phase.WAITING,
              Phase.ENCODE,
              Phase.PREFILL,
              Phase.PREFILL,
              Phase.DECODE,
              Phase.DECODE,
              Phase.FINISHED);
      assertThat(counts).containsExactly(0, 0, 0, 1, 2, 3);
      Progress end = engine.progress("a").orElseThrow();
      assertThat(end.finishReason()).isEqualTo(FinishReason.LENGTH);
      assertThat(end.promptTokens()).isEqualTo(image.ids().length);
      assertThat(end.error()).isNull();
    }
  }

  @Test
  void budgetsHoldInEveryStepAndDecodingGoesFirst() {
    EngineLimits limits = new EngineLimits(3, 140, 10, 2048, 4096, 2048);
    try (ContinuousBatchingEngine engine = GoldenEngine.MODEL.newEngine(limits)) {
      int patches = 0;
      int prefill = 0;
      int decode = 0;
      for (int i = 0; i < 3; i++) {
        for (Prompt prompt : List.of(text, image)) {
          engine.submit(GoldenEngine.prepare(engine, prompt.name() + i, prompt, ON, 6));
          prefill += prompt.ids().length;
          patches += prompt.images().isEmpty() ? 0 : 152;
          decode += 6;
        }
      }
      int decodingBefore = 0;
      for (StepReport report : GoldenEngine.drain(engine)) {
        assertThat(report.patches()).isLessThanOrEqualTo(140);
        assertThat(report.prefillTokens()).isLessThanOrEqualTo(10);
        assertThat(report.running()).isLessThanOrEqualTo(3);
        assertThat(report.decodeTokens()).isGreaterThanOrEqualTo(decodingBefore);
        decodingBefore = decoding(engine);
        patches -= report.patches();
        prefill -= report.prefillTokens();
        decode -= report.decodeTokens();
      }
      // What comes before the image is computed for the first of the three prompts with one.
      prefill -=
          2 * new PrefixCache(GoldenEngine.MODEL.config().mediaTokenId()).sharedTokens(image.ids());
      assertThat(List.of(patches, prefill, decode)).containsOnly(0);
    }
  }

  @Test
  void anImageLargerThanTheBudgetIsEncodedAlone() {
    EngineLimits limits = new EngineLimits(4, 30, 4096, 8192, 4096, 4096);
    try (ContinuousBatchingEngine engine = GoldenEngine.MODEL.newEngine(limits)) {
      engine.submit(GoldenEngine.prepare(engine, "a", image, ON, 1));
      assertThat(engine.step().patches()).isEqualTo(24);
      assertThat(engine.step().patches()).isEqualTo(128);
      assertThat(engine.step().patches()).isZero();
    }
  }

  @Test
  void aStopTokenEndsTheGenerationUnlessItIsIgnored() {
    Prompt prompt = GoldenEngine.prompt("text_single_token");
    int stop = GoldenEngine.MODEL.tokenizer().requiredSpecial("<|im_end|>");
    assertThat(prompt.greedy()[4]).isEqualTo(stop);
    try (ContinuousBatchingEngine engine = GoldenEngine.MODEL.newEngine(GoldenEngine.LIMITS)) {
      engine.submit(GoldenEngine.prepare(engine, "stops", prompt, GREEDY, 16));
      engine.submit(GoldenEngine.prepare(engine, "goes on", prompt, ON, 16));
      engine.submit(GoldenEngine.prepare(engine, "is over", prompt, GREEDY, 16, 1, 2, stop));
      engine.submit(GoldenEngine.prepare(engine, "is full", prompt, GREEDY, 2, 5, 6));
      List<String> ended = new ArrayList<>();
      GoldenEngine.drain(engine).forEach(r -> r.finished().forEach(p -> ended.add(p.id())));
      assertThat(ended).containsExactly("is over", "is full", "stops", "goes on");
      assertThat(end(engine, "stops")).isEqualTo(FinishReason.STOP);
      assertThat(engine.progress("stops").orElseThrow().tokens())
          .hasSize(5)
          .startsWith(prompt.greedy()[0])
          .endsWith(stop);
      assertThat(end(engine, "goes on")).isEqualTo(FinishReason.LENGTH);
      assertThat(end(engine, "is over")).isEqualTo(FinishReason.STOP);
      assertThat(engine.progress("is over").orElseThrow().tokens()).containsExactly(1, 2, stop);
      assertThat(end(engine, "is full")).isEqualTo(FinishReason.LENGTH);
    }
  }

  @Test
  void requestsAreAdmittedInOrderAsTheCacheHasRoom() {
    // Each asks for 7 + 20 tokens; the cache has room for a few of them only.
    EngineLimits limits = new EngineLimits(64, 100, 100, 64, 100, 64);
    try (ContinuousBatchingEngine engine = GoldenEngine.MODEL.newEngine(limits)) {
      for (int i = 0; i < 9; i++) {
        engine.submit(GoldenEngine.prepare(engine, "r" + i, text, ON, 20));
      }
      List<String> ended = new ArrayList<>();
      for (StepReport report : GoldenEngine.drain(engine)) {
        assertThat(engine.cacheTokensUsed()).isLessThanOrEqualTo(engine.cacheTokens());
        report.finished().forEach(p -> ended.add(p.id()));
        assertThat(report.running()).isLessThan(9);
        assertThat(engine.cacheUsage()).isBetween(0.0, 1.0);
      }
      assertThat(ended).containsExactly("r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8");
      assertThat(engine.progress("r8").orElseThrow().tokens())
          .containsExactly(GoldenEngine.alone(GoldenEngine.LIMITS, text, ON, 20));
    }
  }

  @Test
  void tokensGeneratedUnderALongerContextAreKept() {
    EngineLimits limits = new EngineLimits(1, 100, 100, 16, 100, 16);
    int[] done = Arrays.copyOf(text.greedy(), 15);
    try (ContinuousBatchingEngine engine = GoldenEngine.MODEL.newEngine(limits)) {
      engine.submit(GoldenEngine.prepare(engine, "a", text, ON, 16, done));
      assertThat(engine.step().finished()).hasSize(1);
      assertThat(end(engine, "a")).isEqualTo(FinishReason.LENGTH);
      assertThat(engine.progress("a").orElseThrow().tokens()).containsExactly(done);
    }
  }

  @Test
  void aPlaceholderThatWasGeneratedIsEmbeddedAsItIs() {
    LanguageModel language = GoldenEngine.MODEL.language();
    int media = GoldenEngine.MODEL.config().mediaTokenId();
    int[] ids = Arrays.copyOf(text.ids(), text.ids().length + 1);
    ids[text.ids().length] = media;
    float[] embeddings = new float[ids.length * language.config().hiddenSize()];
    language.embed(ids, 0, ids.length, embeddings, 0);
    try (KvSequence sequence = language.newCache(64).open();
        ContinuousBatchingEngine engine = GoldenEngine.MODEL.newEngine(GoldenEngine.LIMITS)) {
      float[] logits = language.forward(List.of(new Span(sequence, embeddings, 0, ids.length, 1)));
      int next = Sampler.next(logits, 0, logits.length, ON, 1);
      engine.submit(GoldenEngine.prepare(engine, "a", text, ON, 2, media));
      GoldenEngine.drain(engine);
      assertThat(engine.progress("a").orElseThrow().tokens()).containsExactly(media, next);
    }
  }

  @Test
  void waitingAndRunningRequestsCanBeCancelled() {
    EngineLimits limits = new EngineLimits(1, 100, 100, 4096, 100, 4096);
    try (ContinuousBatchingEngine engine = GoldenEngine.MODEL.newEngine(limits)) {
      engine.submit(GoldenEngine.prepare(engine, "runs", text, ON, 50));
      engine.submit(GoldenEngine.prepare(engine, "waits", text, ON, 50));
      engine.step();
      engine.step();
      assertThat(engine.cancel("unknown")).isFalse();
      assertThat(engine.cancel("waits")).isTrue();
      assertThat(engine.cancel("runs")).isTrue();
      assertThat(engine.step().finished().stream().map(Progress::id))
          .containsExactly("runs", "waits");
      assertThat(end(engine, "runs")).isEqualTo(FinishReason.CANCELLED);
      assertThat(engine.progress("runs").orElseThrow().tokens()).hasSize(2);
      assertThat(engine.cacheTokensUsed()).isZero();
      assertThat(engine.cancel("runs")).isTrue();
      engine.release("runs");
      assertThat(engine.cancel("runs")).isFalse();
      engine.submit(GoldenEngine.prepare(engine, "runs", text, ON, 2));
      GoldenEngine.drain(engine);
      assertThat(end(engine, "runs")).isEqualTo(FinishReason.LENGTH);
    }
  }

  @Test
  void onlyFinishedRequestsAreForgotten() {
    try (ContinuousBatchingEngine engine = GoldenEngine.MODEL.newEngine(GoldenEngine.LIMITS)) {
      PreparedRequest request = GoldenEngine.prepare(engine, "a", text, ON, 2);
      engine.submit(request);
      engine.release("a");
      assertThat(engine.progress("a")).isPresent();
      assertThatThrownBy(() -> engine.submit(GoldenEngine.prepare(engine, "a", text, ON, 2)))
          .hasMessageContaining("a is in the engine already");
      GoldenEngine.drain(engine);
      engine.release("a");
      assertThat(engine.progress("a")).isEmpty();
      assertThat(engine.step()).isEqualTo(new StepReport(List.of(), 0, 0, 0, 0, 0));
    }
  }

  @Test
  void aPublishedProgressDoesNotChange() {
    try (ContinuousBatchingEngine engine = GoldenEngine.MODEL.newEngine(GoldenEngine.LIMITS)) {
      engine.submit(GoldenEngine.prepare(engine, "a", text, ON, 8));
      engine.step();
      engine.step();
      Progress early = engine.progress("a").orElseThrow();
      int[] tokens = early.tokens().clone();
      GoldenEngine.drain(engine);
      assertThat(early.tokens()).containsExactly(tokens);
      assertThat(early.phase()).isEqualTo(Phase.DECODE);
      assertThat(engine.progress("a").orElseThrow().tokens()).startsWith(tokens);
    }
  }

  @Test
  void aClosedEngineRefusesWork() {
    ContinuousBatchingEngine engine = GoldenEngine.MODEL.newEngine(GoldenEngine.LIMITS);
    PreparedRequest request = GoldenEngine.prepare(engine, "a", text, ON, 8);
    engine.submit(request);
    engine.step();
    engine.close();
    engine.close();
    assertThat(engine.cacheTokensUsed()).isZero();
    assertThatThrownBy(engine::step).hasMessageContaining("closed");
    assertThatThrownBy(() -> engine.submit(request)).hasMessageContaining("closed");
  }

  @Test
  void otherThreadsSubmitReadAndCancelWhileTheEngineSteps() throws Exception {
    int[] expected = GoldenEngine.alone(GoldenEngine.LIMITS, text, ON, 10);
    try (ContinuousBatchingEngine engine = GoldenEngine.MODEL.newEngine(GoldenEngine.LIMITS)) {
      List<Thread> clients = new ArrayList<>();
      List<String> faults = Collections.synchronizedList(new ArrayList<>());
      for (int c = 0; c < 3; c++) {
        String name = "c" + c + "-";
        clients.add(
            new Thread(
                () -> {
                  for (int i = 0; i < 20; i++) {
                    String id = name + i;
                    engine.submit(GoldenEngine.prepare(engine, id, text, ON, 10));
                    if (i % 4 == 0) {
                      engine.cancel(id);
                    }
                    Progress progress;
                    do {
                      Thread.onSpinWait();
                      progress = engine.progress(id).orElseThrow();
                      int n = progress.tokens().length;
                      if (!Arrays.equals(progress.tokens(), Arrays.copyOf(expected, n))) {
                        faults.add(id + " generated other tokens");
                      }
                    } while (!progress.finished());
                    engine.release(id);
                  }
                }));
      }
      clients.forEach(Thread::start);
      while (clients.stream().anyMatch(Thread::isAlive)) {
        engine.step();
      }
      for (Thread client : clients) {
        client.join();
      }
      assertThat(faults).isEmpty();
      assertThat(engine.cacheTokensUsed()).isZero();
    }
  }

  @Test
  void enginesOfOneModelWorkSideBySide() throws Exception {
    List<Thread> threads = new ArrayList<>();
    List<String> faults = Collections.synchronizedList(new ArrayList<>());
    for (int t = 0; t < 3; t++) {
      threads.add(
          new Thread(
              () -> {
                for (Prompt prompt : List.of(image, text, GoldenEngine.prompt("chat_multi_turn"))) {
                  int[] tokens = GoldenEngine.alone(GoldenEngine.LIMITS, prompt, ON, 16);
                  if (!Arrays.equals(tokens, prompt.greedy())) {
                    faults.add(prompt.name() + ": " + Arrays.toString(tokens));
                  }
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(faults).isEmpty();
  }

  private static int decoding(Engine engine) {
    int count = 0;
    for (int i = 0; i < 3; i++) {
      for (String name : List.of("text_short", "chat_two_images")) {
        count += phase(engine, name + i) == Phase.DECODE ? 1 : 0;
      }
    }
    return count;
  }

  private static Phase phase(Engine engine, String id) {
    return engine.progress(id).orElseThrow().phase();
  }

  private static FinishReason end(Engine engine, String id) {
    return engine.progress(id).orElseThrow().finishReason();
  }
}
