package dev.moonflow.training.network;

import static dev.moonflow.training.network.GoldenPrompts.GOLDEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.model.KimiVl;
import dev.moonflow.model.checkpoint.CheckpointException;
import dev.moonflow.model.checkpoint.DType;
import dev.moonflow.model.language.KvCache;
import dev.moonflow.model.language.KvSequence;
import dev.moonflow.model.language.LanguageModel;
import dev.moonflow.model.language.Span;
import dev.moonflow.training.torch.NoGradient;
import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.torch.Precision;
import dev.moonflow.training.torch.Scope;
import dev.moonflow.training.torch.Tensors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trained folder runs in the inference engine unchanged, and comes back as it was. */
class ModelFolderTest {
  @TempDir private Path dir;

  @BeforeAll
  static void oneThread() {
    Ops.threads(1);
  }

  /** Text logits of the inference engine, [T, V]. */
  private static float[] engineLogits(Path folder, int[] ids) {
    try (Kernels kernels = Kernels.open(DeviceChoice.CPU)) {
      LanguageModel language = KimiVl.load(folder, kernels).language();
      float[] embeddings = new float[ids.length * language.config().hiddenSize()];
      language.embed(ids, 0, ids.length, embeddings, 0);
      KvCache cache = language.newCache(ids.length);
      try (KvSequence sequence = cache.open()) {
        return language.forward(List.of(new Span(sequence, embeddings, 0, ids.length, ids.length)));
      }
    }
  }

  private static TrainableKimiVl changed(Precision precision) {
    TrainableKimiVl model = TrainableKimiVl.load(GOLDEN.checkpoint(), precision);
    TinyModels.roughen(model.parameters(), 3);
    return model;
  }

  @Test
  void bothImplementationsAgreeOnAChangedModel() throws Exception {
    try (TrainableKimiVl model = changed(Precision.F32);
        Scope scope = new Scope()) {
      model.save(dir, DType.F32, GOLDEN.checkpoint());
      for (JsonNode json : GoldenPrompts.cases()) {
        if (json.path("images").isEmpty()) {
          PackedBatch batch = GoldenPrompts.batch(json);
          float[] trained = Tensors.floats(model.logits(batch));
          assertThat(GoldenPrompts.distance(engineLogits(dir, batch.tokens()), trained))
              .as(json.path("case").asText())
              .isLessThan(5e-4);
        }
      }
      assertThat(scope).isNotNull();
    }
  }

  @Test
  void whatIsSavedComesBackBitForBit() throws Exception {
    try (TrainableKimiVl model = changed(Precision.F32);
        Scope scope = new Scope()) {
      model.save(dir, DType.F32, GOLDEN.checkpoint());
      try (TrainableKimiVl back = TrainableKimiVl.load(dir, Precision.F32)) {
        assertThat(back.config()).isEqualTo(model.config());
        assertThat(back.parameters().names()).isEqualTo(model.parameters().names());
        for (String name : model.parameters().names()) {
          assertThat(Tensors.floats(back.parameters().get(name)))
              .as(name)
              .containsExactly(Tensors.floats(model.parameters().get(name)));
        }
      }
      assertThat(dir.resolve("tiktoken.model"))
          .hasSameBinaryContentAs(GOLDEN.checkpoint().resolve("tiktoken.model"));
      assertThat(scope).isNotNull();
    }
  }

  @Test
  void halfOfTheBytesInBfloat16WithExactCorrectionBiases() throws Exception {
    try (TrainableKimiVl model = changed(Precision.F32);
        Scope scope = new Scope()) {
      model.save(dir, DType.BF16, GOLDEN.checkpoint());
      long whole = Files.size(GOLDEN.checkpoint().resolve("model.safetensors"));
      assertThat(Files.size(dir.resolve("model.safetensors")))
          .isBetween(whole / 2, whole * 52 / 100);
      try (TrainableKimiVl back = TrainableKimiVl.load(dir, Precision.F32)) {
        for (String name : model.parameters().names()) {
          float[] before = Tensors.floats(model.parameters().get(name));
          float[] after = Tensors.floats(back.parameters().get(name));
          double largest = 0;
          for (float value : before) {
            largest = Math.max(largest, Math.abs(value));
          }
          double allowed = name.endsWith("e_score_correction_bias") ? 0 : largest / 256;
          assertThat(GoldenPrompts.distance(before, after)).as(name).isLessThanOrEqualTo(allowed);
        }
      }
      assertThat(scope).isNotNull();
    }
  }

  @Test
  void aFolderThatIsCutShortIsRefusedByName() throws Exception {
    try (TrainableKimiVl model = changed(Precision.F32)) {
      model.save(dir, DType.F32, GOLDEN.checkpoint());
    }
    Path weights = dir.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    Files.write(weights, java.util.Arrays.copyOf(bytes, bytes.length - 100));
    assertThatThrownBy(() -> TrainableKimiVl.load(dir, Precision.F32))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("model.safetensors");
  }

  @Test
  void frozenTensorsGetNoGradient() throws Exception {
    try (TrainableKimiVl model = TrainableKimiVl.load(GOLDEN.checkpoint(), Precision.F32);
        Scope scope = new Scope()) {
      model.recompute(true).parameters().trainOnly(n -> !n.startsWith("language_model."));
      PackedBatch batch = GoldenPrompts.batch(imageCase());
      Tape tape = model.tape();
      tape.backward(model.forward(batch, tape).lossSum());
      for (String name : model.parameters().names()) {
        Tensor gradient = model.parameters().get(name).grad();
        assertThat(gradient.defined()).as(name).isEqualTo(!name.startsWith("language_model."));
      }
      try (NoGradient off = new NoGradient()) {
        assertThat(List.of(off, scope)).hasSize(2);
      }
    }
  }

  private static JsonNode imageCase() throws Exception {
    return GoldenPrompts.cases().stream()
        .filter(json -> json.path("case").asText().equals("chat_one_image"))
        .findFirst()
        .orElseThrow();
  }
}
