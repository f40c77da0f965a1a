package dev.moonflow.training.stage.vit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moonflow.model.checkpoint.Safetensors;
import dev.moonflow.model.conformance.GoldenFolder;
import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.torch.Scope;
import dev.moonflow.training.torch.Tensors;
import java.nio.file.Path;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** SigLIP and caption loss with gradients against the golden numbers, in float64. */
class VitLossTest {
  private static final GoldenFolder GOLDEN =
      new GoldenFolder(Path.of(System.getProperty("moonflow.golden.training.dir")));

  @BeforeAll
  static void oneThread() {
    Ops.threads(1);
  }

  @Test
  void lossAndGradientsAreTheGoldenOnes() throws Exception {
    JsonNode node = GOLDEN.json("training/training_math.json").path("siglip_coca");
    try (Safetensors stored = Safetensors.open(GOLDEN.path("training/losses.safetensors"));
        Scope scope = new Scope()) {
      assertThat(scope).isNotNull();
      Tensor images = leaf(stored, "siglip.image");
      Tensor texts = leaf(stored, "siglip.text");
      Tensor scale = scalar(node.path("t_prime").doubleValue());
      Tensor bias = scalar(node.path("bias").doubleValue());
      Tensor captions = leaf(stored, "caption.logits");
      Tensor targets = Tensor.create(stored.longs("caption.targets"), 6);

      Tensor siglip = SiglipLoss.of(SiglipLoss.logits(images, texts, scale, bias));
      Tensor caption = CaptionLoss.of(captions, targets, tensor(stored, "caption.mask"));
      Tensor total = siglip.add(Ops.scale(caption, CaptionLoss.WEIGHT));
      total.backward();

      assertThat(siglip.item_double())
          .isCloseTo(node.path("loss_siglip").doubleValue(), within(1e-10));
      assertThat(caption.item_double())
          .isCloseTo(node.path("loss_caption").doubleValue(), within(1e-10));
      assertThat(total.item_double())
          .isCloseTo(node.path("loss_total").doubleValue(), within(1e-10));
      gradient(images, stored.doubles("siglip.grad_image"));
      gradient(texts, stored.doubles("siglip.grad_text"));
      gradient(captions, stored.doubles("caption.grad_logits_of_total"));
      gradient(scale, node.path("grad_t_prime").doubleValue());
      gradient(bias, node.path("grad_bias").doubleValue());
    }
  }

  private static void gradient(Tensor leaf, double... expected) {
    assertThat(Tensors.doubles(leaf.grad())).containsExactly(expected, within(1e-10));
  }

  private static Tensor leaf(Safetensors stored, String name) {
    return Tensors.leaf(tensor(stored, name));
  }

  private static Tensor tensor(Safetensors stored, String name) {
    long[] shape = stored.info(name).shape().stream().mapToLong(Long::longValue).toArray();
    return Tensors.of(stored.doubles(name), ScalarType.Double, shape);
  }

  private static Tensor scalar(double value) {
    return Tensors.leaf(Tensors.of(new double[] {value}, ScalarType.Double, 1));
  }
}
