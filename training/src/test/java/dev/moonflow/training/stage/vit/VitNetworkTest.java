package dev.moonflow.training.stage.vit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.training.network.ImagePatches;
import dev.moonflow.training.network.Parameters;
import dev.moonflow.training.network.Tape;
import dev.moonflow.training.network.TrainableKimiVl;
import dev.moonflow.training.optimizer.Optimizer;
import dev.moonflow.training.optimizer.OptimizerSettings;
import dev.moonflow.training.torch.NoGradient;
import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.torch.Precision;
import dev.moonflow.training.torch.Scope;
import dev.moonflow.training.torch.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tower with its companions: what sees what, and that it learns. */
class VitNetworkTest {
  private TrainableKimiVl model;
  private Parameters companions;
  private VitNetwork network;

  @BeforeAll
  static void oneThread() {
    Ops.threads(1);
  }

  @BeforeEach
  void make() {
    model = TrainableKimiVl.create(ColouredImages.config(), 3, Precision.F32);
    companions = Companions.draw(ColouredImages.shape(), 5, Precision.F32);
    network =
        new VitNetwork(
            model.tower(), companions, ColouredImages.shape(), ColouredImages.BEGIN, Precision.F32);
  }

  @AfterEach
  void free() {
    companions.close();
    model.close();
  }

  @Test
  void lossFallsAndRetrievalRisesOnImagesNotSeenBefore() {
    model.parameters().trainOnly(name -> name.startsWith("vision_tower."));
    Parameters all = new Parameters();
    for (String name : model.parameters().trainedNames()) {
      all.add(name, model.parameters().get(name));
    }
    companions.names().forEach(name -> all.add(name, companions.get(name)));
    double[] before = evaluate();
    try (Optimizer optimizer = OptimizerSettings.standard().create(all)) {
      for (int step = 1; step <= 120; step++) {
        try (Scope scope = new Scope()) {
          assertThat(scope).isNotNull();
          all.clearGradients();
          Tape tape = model.tape();
          tape.backward(network.forward(ColouredImages.batch(step), tape).total());
          optimizer.step(0.02);
        }
      }
    }
    double[] after = evaluate();
    assertThat(before[2]).as("retrieval before").isLessThan(0.3);
    assertThat(after[2]).as("retrieval after").isGreaterThan(0.8);
    assertThat(after[0]).as("contrastive loss").isLessThan(0.5 * before[0]);
    assertThat(after[1]).as("caption loss").isLessThan(0.5 * before[1]);
  }

  /** Losses and retrieval on four batches that training never sees. */
  private double[] evaluate() {
    double[] sums = new double[3];
    for (int seed = 1; seed <= 4; seed++) {
      try (NoGradient off = new NoGradient();
          Scope scope = new Scope()) {
        assertThat(List.of(off, scope)).hasSize(2);
        VitBatch batch = ColouredImages.batch(-seed);
        VitNetwork.Result result = network.forward(batch, model.tape());
        sums[0] += result.siglip().item_double() / 4;
        sums[1] += result.caption().item_double() / 4;
        sums[2] += Retrieval.hits(result.logits(), batch.captions()) / (4.0 * batch.count());
      }
    }
    return sums;
  }

  @Test
  void everyCompanionGetsAGradientAndTheLanguageModelNone() {
    try (Scope scope = new Scope()) {
      assertThat(scope).isNotNull();
      Tape tape = model.tape();
      tape.backward(network.forward(ColouredImages.batch(1), tape).total());
      for (String name : companions.names()) {
        assertThat(Arrays.stream(Tensors.doubles(companions.get(name).grad())))
            .as(name)
            .anyMatch(value -> value != 0);
      }
      for (String name : model.parameters().names()) {
        assertThat(model.parameters().get(name).grad().defined())
            .as(name)
            .isEqualTo(name.startsWith("vision_tower."));
      }
    }
  }

  @Test
  void anImageAndItsTextMeetNoOtherInTheCaptioner() {
    try (NoGradient off = new NoGradient();
        Scope scope = new Scope()) {
      assertThat(List.of(off, scope)).hasSize(2);
      VitBatch batch = ColouredImages.batch(1);
      List<ImagePatches> images = new ArrayList<>(batch.images());
      List<int[]> captions = new ArrayList<>(batch.captions());
      images.set(1, ColouredImages.batch(2).images().get(0));
      captions.set(1, new int[] {1, 2, 3, 4, ColouredImages.END});
      float[] before = similarities(batch);
      float[] after = similarities(new VitBatch(images, captions));
      int n = batch.count();
      for (int i = 0; i < n * n; i++) {
        boolean touched = i / n == 1 || i % n == 1;
        if (!touched) {
          assertThat(after[i]).isEqualTo(before[i], org.assertj.core.api.Assertions.within(1e-4f));
        }
      }
      float[] alone =
          words(new VitBatch(batch.images().subList(0, 1), batch.captions().subList(0, 1)));
      assertThat(Arrays.copyOf(words(new VitBatch(images, captions)), alone.length))
          .containsExactly(alone, org.assertj.core.api.Assertions.within(1e-5f));
    }
  }

  @Test
  void theCaptionerSeesOnlyThePast() {
    try (NoGradient off = new NoGradient();
        Scope scope = new Scope()) {
      assertThat(List.of(off, scope)).hasSize(2);
      List<ImagePatches> image = ColouredImages.batch(1).images().subList(0, 1);
      float[] one = words(new VitBatch(image, List.of(new int[] {1, 2, 3})));
      float[] other = words(new VitBatch(image, List.of(new int[] {1, 7, 8})));
      int vocab = ColouredImages.shape().vocabSize();
      // Rows 0 and 1 are made from the begin token and token 1 alone.
      assertThat(Arrays.copyOf(other, 2 * vocab)).containsExactly(Arrays.copyOf(one, 2 * vocab));
      assertThat(other).isNotEqualTo(one);
    }
  }

  private float[] similarities(VitBatch batch) {
    return Tensors.floats(network.forward(batch, model.tape()).logits());
  }

  private float[] words(VitBatch batch) {
    Captioner captioner =
        new Captioner(
            new Layers(companions, Precision.F32), ColouredImages.shape(), ColouredImages.BEGIN);
    return Tensors.floats(
        captioner.logits(
            CaptionTokens.of(batch.captions()),
            model.tower().features(batch.images(), model.tape()),
            batch.patchStarts()));
  }
}
