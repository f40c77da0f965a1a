package dev.moonflow.model.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.kernels.math.WorkerPool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a token gets does not depend on what is computed beside it or how. */
class LanguageModelBitsTest {
  private static final long SEED = 99L;

  private static final LanguageModel MODEL = TinyModel.F32;
  private static final int H = MODEL.config().hiddenSize();
  private static final int V = MODEL.config().vocabSize();

  /** Runs a prompt in spans of the given sizes. */
  private static float[] inChunks(LanguageModel model, float[] embeddings, int... sizes) {
    int count = embeddings.length / H;
    float[] logits = new float[count * V];
    try (KvSequence sequence = model.newCache(count).open()) {
      int at = 0;
      for (int size : sizes) {
        assertThat(sequence.length()).isEqualTo(at);
        float[] some = model.forward(List.of(new Span(sequence, embeddings, at * H, size, size)));
        System.arraycopy(some, 0, logits, at * V, some.length);
        at += size;
      }
      assertThat(at).isEqualTo(count);
    }
    return logits;
  }

  @ParameterizedTest(name = "{0} tokens at a time")
  @ValueSource(ints = {1, 3, 7, 8, 64, 65, 100})
  void aPromptInChunksGetsTheBitsOfAWholePrompt(int size) {
    int count = 150; // three pages, the last one partly used
    for (LanguageModel model : List.of(TinyModel.F32, TinyModel.BF16)) {
      float[] embeddings = TinyModel.prompt(model, SEED, count);
      List<Integer> sizes = new ArrayList<>();
      for (int at = 0; at < count; at += size) {
        sizes.add(Math.min(size, count - at));
      }
      float[] chunked =
          inChunks(model, embeddings, sizes.stream().mapToInt(Integer::intValue).toArray());
      assertThat(chunked).as("seed " + SEED).isEqualTo(TinyModel.whole(model, embeddings));
    }
  }

  @Test
  void prefillAndDecodeGiveTheSameBits() {
    float[] embeddings = TinyModel.prompt(MODEL, SEED, 70);
    int[] sizes = new int[11];
    Arrays.fill(sizes, 1);
    sizes[0] = 60;
    assertThat(inChunks(MODEL, embeddings, sizes)).isEqualTo(TinyModel.whole(MODEL, embeddings));
  }

  @Test
  void randomMixturesOfPrefillAndDecodeGiveTheBitsOfEachSequenceAlone() {
    Random random = new Random(SEED);
    int[] counts = {1, 2, 33, 64, 65, 90};
    float[][] prompts = new float[counts.length][];
    float[][] logits = new float[counts.length][];
    KvCache cache = MODEL.newCache(10_000);
    KvSequence[] sequences = new KvSequence[counts.length];
    for (int i = 0; i < counts.length; i++) {
      prompts[i] = TinyModel.prompt(MODEL, SEED + i, counts[i]);
      logits[i] = new float[counts[i] * V];
      sequences[i] = cache.open();
    }
    while (true) {
      List<Span> spans = new ArrayList<>();
      List<Integer> owners = new ArrayList<>();
      for (int i = 0; i < counts.length; i++) {
        int left = counts[i] - sequences[i].length();
        if (left > 0 && random.nextBoolean()) {
          int size = 1 + random.nextInt(Math.min(left, 20));
          spans.add(new Span(sequences[i], prompts[i], sequences[i].length() * H, size, size));
          owners.add(i);
        }
      }
      if (spans.isEmpty()) {
        if (Arrays.stream(sequences).mapToInt(KvSequence::length).sum() == 255) {
          break;
        }
        continue;
      }
      float[] rows = MODEL.forward(spans);
      int at = 0;
      for (int s = 0; s < spans.size(); s++) {
        int i = owners.get(s);
        int size = spans.get(s).count();
        System.arraycopy(rows, at, logits[i], (sequences[i].length() - size) * V, size * V);
        at += size * V;
      }
    }
    for (int i = 0; i < counts.length; i++) {
      assertThat(logits[i])
          .as("sequence " + i + " of seed " + SEED)
          .isEqualTo(TinyModel.whole(MODEL, prompts[i]));
    }
  }

  @Test
  void pagesThatWereUsedBeforeLeaveNoTrace() {
    KvCache cache = MODEL.newCache(64);
    float[] first = TinyModel.prompt(MODEL, SEED, 64);
    float[] second = TinyModel.prompt(MODEL, SEED + 1, 40);
    try (KvSequence sequence = cache.open()) {
      MODEL.forward(List.of(new Span(sequence, first, 0, 64, 0)));
    }
    try (KvSequence sequence = cache.open()) {
      float[] logits = MODEL.forward(List.of(new Span(sequence, second, 0, 40, 40)));
      assertThat(logits).isEqualTo(TinyModel.whole(MODEL, second));
    }
  }

  @Test
  void theNumberOfThreadsChangesNothing() {
    float[] embeddings = TinyModel.prompt(MODEL, SEED, 100);
    int threads = WorkerPool.shared().threads();
    try {
      WorkerPool.setThreads(1);
      float[] one = TinyModel.whole(MODEL, embeddings);
      WorkerPool.setThreads(4);
      assertThat(TinyModel.whole(MODEL, embeddings)).isEqualTo(one);
    } finally {
      WorkerPool.setThreads(threads);
    }
  }

  @Test
  void aProbeChangesNothing() {
    float[] embeddings = TinyModel.prompt(MODEL, SEED, 20);
    List<String> stages = new ArrayList<>();
    float[] watched;
    try (KvSequence sequence = MODEL.newCache(20).open()) {
      watched =
          MODEL.forward(
              List.of(new Span(sequence, embeddings, 0, 20, 20)),
              (name, values, shape) -> stages.add(name));
    }
    assertThat(watched).isEqualTo(TinyModel.whole(MODEL, embeddings));
    assertThat(stages)
        .contains("embeds", "layer.0", "layer.2", "gate.1.experts", "attention.1.q", "norm");
  }
}
