package dev.moonflow.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moonflow.training.optimizer.ExpertBiasUpdate.Form;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ExpertBiasUpdateTest {

  @Test
  void bothFormsMatchTheReference() throws IOException {
    JsonNode golden = Golden.json("training_math.json").get("auxfree_bias");
    long[] load = new long[golden.get("load").size()];
    for (int i = 0; i < load.length; i++) {
      load[i] = golden.get("load").get(i).asLong();
    }
    double u = golden.get("u").asDouble();
    check(golden.get("bias_deepseek_v3"), new ExpertBiasUpdate(u, Form.DEEPSEEK_V3), load);
    check(golden.get("bias_moonlight"), new ExpertBiasUpdate(u, Form.MOONLIGHT), load);
  }

  private static void check(JsonNode expected, ExpertBiasUpdate update, long[] load) {
    float[] next = update.next(new float[load.length], load);
    for (int i = 0; i < next.length; i++) {
      assertThat((double) next[i]).isCloseTo(expected.get(i).asDouble(), within(1e-9));
    }
  }

  @Test
  void theFormsDifferWhereFewExpertsCarryTheLoad() {
    long[] load = {30, 2, 2, 2};
    float[] bias = {0.5f, 0, 0, 0};
    assertThat(new ExpertBiasUpdate(0.1, Form.DEEPSEEK_V3).next(bias, load))
        .containsExactly(0.4f, 0.1f, 0.1f, 0.1f);
    // Signs -1, 1, 1, 1 have the mean 0.5: the biases keep their sum.
    assertThat(new ExpertBiasUpdate(0.1, Form.MOONLIGHT).next(bias, load))
        .containsExactly(0.35f, 0.05f, 0.05f, 0.05f);
  }

  @Test
  void anEvenLoadOrARateOfZeroMovesNothing() {
    float[] bias = {0.25f, -0.5f};
    assertThat(new ExpertBiasUpdate(0.1, Form.MOONLIGHT).next(bias, new long[] {7, 7}))
        .containsExactly(bias);
    assertThat(new ExpertBiasUpdate(0, Form.DEEPSEEK_V3).next(bias, new long[] {1, 9}))
        .containsExactly(bias);
    assertThatThrownBy(() -> new ExpertBiasUpdate(0, Form.MOONLIGHT).next(bias, new long[3]))
        .hasMessage("there are 2 expert biases and 3 loads");
  }
}
