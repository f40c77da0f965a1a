package dev.moonflow.model.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.model.GoldenFolder;
import dev.moonflow.model.checkpoint.Checkpoint;
import dev.moonflow.model.checkpoint.CheckpointException;
import dev.moonflow.model.checkpoint.KimiVlConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LanguageModelTest {
  private static final LanguageModel MODEL = TinyModel.F32;
  private static final int H = MODEL.config().hiddenSize();
  private static final int V = MODEL.config().vocabSize();

  @Test
  void onlyTheAskedLogitsComeBack() {
    float[] embeddings = TinyModel.prompt(MODEL, 1, 9);
    float[] all = TinyModel.whole(MODEL, embeddings);
    KvCache cache = MODEL.newCache(200);
    KvSequence a = cache.open();
    KvSequence b = cache.open();
    KvSequence c = cache.open();
    float[] logits =
        MODEL.forward(
            List.of(
                new Span(a, embeddings, 0, 9, 1),
                new Span(b, embeddings, 0, 5, 0),
                new Span(c, embeddings, 0, 9, 2)));
    assertThat(logits).hasSize(3 * V);
    assertThat(Arrays.copyOfRange(logits, 0, V)).isEqualTo(Arrays.copyOfRange(all, 8 * V, 9 * V));
    assertThat(Arrays.copyOfRange(logits, V, 3 * V))
        .isEqualTo(Arrays.copyOfRange(all, 7 * V, 9 * V));
    assertThat(b.length()).isEqualTo(5);
  }

  @Test
  void placeholdersAreReplacedInOrderAndMustBeAsManyAsFeatures() throws IOException {
    int media = KimiVlConfig.read(GoldenFolder.path("checkpoint/config.json")).mediaTokenId();
    int[] ids = {5, media, 7, media, media};
    float[] features = new float[3 * H];
    for (int i = 0; i < features.length; i++) {
      features[i] = i;
    }
    float[] merged = PromptEmbeddings.merge(MODEL, ids, media, features);
    float[] plain = new float[5 * H];
    MODEL.embed(ids, 0, 5, plain, 0);
    assertThat(Arrays.copyOfRange(merged, 0, H)).isEqualTo(Arrays.copyOfRange(plain, 0, H));
    assertThat(Arrays.copyOfRange(merged, H, 2 * H)).isEqualTo(Arrays.copyOfRange(features, 0, H));
    assertThat(Arrays.copyOfRange(merged, 2 * H, 3 * H))
        .isEqualTo(Arrays.copyOfRange(plain, 2 * H, 3 * H));
    assertThat(Arrays.copyOfRange(merged, 3 * H, 5 * H))
        .isEqualTo(Arrays.copyOfRange(features, H, 3 * H));
    assertThatThrownBy(() -> PromptEmbeddings.merge(MODEL, ids, media, new float[2 * H]))
        .hasMessageContaining("3 media tokens");
  }

  @Test
  void aFullCacheRefusesTheBatchAndChangesNothing() {
    float[] embeddings = TinyModel.prompt(MODEL, 2, 65);
    KvCache cache = MODEL.newCache(128);
    KvSequence a = cache.open();
    KvSequence b = cache.open();
    MODEL.forward(List.of(new Span(a, embeddings, 0, 64, 0)));
    List<Span> tooMuch =
        List.of(new Span(a, embeddings, 0, 1, 1), new Span(b, embeddings, 0, 1, 1));
    assertThatThrownBy(() -> MODEL.forward(tooMuch))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("needs 2 pages")
        .hasMessageContaining("1 are free");
    assertThat(a.length()).isEqualTo(64);
    assertThat(cache.usedTokens()).isEqualTo(64);
    float[] logits = MODEL.forward(List.of(new Span(a, embeddings, 64 * H, 1, 1)));
    assertThat(logits)
        .isEqualTo(Arrays.copyOfRange(TinyModel.whole(MODEL, embeddings), 64 * V, 65 * V));
    a.close();
    a.close();
    assertThat(cache.usedTokens()).isZero();
    assertThat(cache.freePages()).isEqualTo(2);
    assertThatThrownBy(() -> MODEL.forward(List.of(new Span(a, embeddings, 0, 1, 1))))
        .hasMessageContaining("closed");
    assertThat(cache.usedTokens()).isZero();
  }

  @Test
  void batchesThatMakeNoSenseAreRefused() {
    float[] embeddings = TinyModel.prompt(MODEL, 3, 4);
    KvSequence a = MODEL.newCache(64).open();
    KvSequence other = MODEL.newCache(64).open();
    Span span = new Span(a, embeddings, 0, 2, 1);
    assertThatThrownBy(() -> MODEL.forward(List.of())).hasMessageContaining("at least one span");
    assertThatThrownBy(() -> MODEL.forward(List.of(span, span)))
        .hasMessageContaining("different sequences of one cache");
    assertThatThrownBy(() -> MODEL.forward(List.of(span, new Span(other, embeddings, 0, 1, 1))))
        .hasMessageContaining("one cache");
    assertThatThrownBy(() -> new Span(a, embeddings, 0, 2, 3)).hasMessageContaining("2 tokens");
    assertThatThrownBy(() -> MODEL.forward(List.of(new Span(a, embeddings, 3 * H, 2, 1))))
        .hasMessageContaining("embedding values");
    assertThat(a.length()).isZero();
    assertThat(a.cache().usedTokens()).isZero();
  }

  @Test
  void aMissingTensorIsNamed(@TempDir Path folder) throws IOException {
    copyWith(folder, "language_model.model.layers.1.mlp.experts.3.up_proj.weight", "renamed_");
    assertThatThrownBy(() -> read(folder))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("layers.1.mlp.experts.3.up_proj.weight");
  }

  @Test
  void aTensorOfAnotherShapeIsNamed(@TempDir Path folder) throws IOException {
    copyWith(folder, "", "");
    Path config = folder.resolve("config.json");
    String text = Files.readString(config);
    Files.writeString(config, text.replaceAll("\"kv_lora_rank\": 32", "\"kv_lora_rank\": 16"));
    assertThatThrownBy(() -> read(folder))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("self_attn.")
        .hasMessageContaining("expected");
  }

  private static LanguageModel read(Path folder) {
    try (Checkpoint checkpoint = Checkpoint.open(folder);
        Kernels kernels = Kernels.open(DeviceChoice.CPU)) {
      return LanguageModel.read(checkpoint, kernels);
    }
  }

  /** Copies the checkpoint, giving one tensor another name of the same length in the header. */
  private static void copyWith(Path folder, String name, String prefix) throws IOException {
    Path from = GoldenFolder.path("checkpoint");
    for (String file : List.of("config.json", "generation_config.json")) {
      Files.copy(from.resolve(file), folder.resolve(file));
    }
    byte[] bytes = Files.readAllBytes(from.resolve("model.safetensors"));
    byte[] wanted = name.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    int at = name.isEmpty() ? -1 : indexOf(bytes, wanted);
    for (int i = 0; at >= 0 && i < prefix.length(); i++) {
      bytes[at + i] = (byte) prefix.charAt(i);
    }
    Files.write(folder.resolve("model.safetensors"), bytes);
  }

  private static int indexOf(byte[] bytes, byte[] wanted) {
    for (int i = 0; i + wanted.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    throw new AssertionError("the checkpoint has no such tensor");
  }
}
