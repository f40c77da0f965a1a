package dev.moonflow.model.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.moonflow.model.GoldenFolder;
import dev.moonflow.model.Probe;
import dev.moonflow.model.checkpoint.Checkpoint;
import dev.moonflow.model.checkpoint.TextConfig;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MlaTwinTest {
  private static final long SEED = 5L;

  @Test
  void theAbsorbedFormComputesWhatTheExpandedFormDoes() {
    int tokens = 130;
    Random random = new Random(SEED);
    try (Checkpoint checkpoint = Checkpoint.open(GoldenFolder.path("checkpoint"))) {
      TextConfig config = checkpoint.config().text();
      float[] y = new float[tokens * config.hiddenSize()];
      for (int i = 0; i < y.length; i++) {
        y[i] = (float) random.nextGaussian();
      }
      for (int layer = 0; layer < config.layers(); layer++) {
        TokenBatch batch =
            new TokenBatch(List.of(new Span(new KvCache(config, tokens).open(), y, 0, tokens, 0)));
        batch.reserve();
        BatchAngles angles =
            BatchAngles.of(batch, new RotaryAngles(config.qkRopeHeadDim(), config.ropeTheta()));
        float[] z = new float[y.length];
        MlaAttention.read(checkpoint, layer).forward(batch, angles, y, z, Probe.NONE);
        float[] want = new MlaReference(checkpoint, layer).forward(y, tokens).output();
        assertThat(z).as("layer " + layer + ", seed " + SEED).containsExactly(want, within(2e-5f));
      }
    }
  }
}
