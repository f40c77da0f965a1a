package dev.moonflow.model.vision;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moonflow.model.checkpoint.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * A random checkpoint of any vision shape with only the vision tensors, and its weights by name.
 *
 * @param hidden D
 * @param heads of D / heads values
 * @param rows of the position table
 * @param cols of the position table
 */
public record TinyVision(
    int hidden, int layers, int heads, int intermediate, int rows, int cols, int patch, int lm) {

  /** Writes the checkpoint into a folder and returns the values of every tensor. */
  public Map<String, float[]> write(Path folder, long seed) throws IOException {
    Path golden = Path.of(System.getProperty("moonflow.golden.dir")).resolve("checkpoint");
    ObjectMapper json = new ObjectMapper();
    ObjectNode config = (ObjectNode) json.readTree(golden.resolve("config.json").toFile());
    ((ObjectNode) config.get("text_config")).put("hidden_size", lm);
    ((ObjectNode) config.get("vision_config"))
        .put("hidden_size", hidden)
        .put("num_hidden_layers", layers)
        .put("num_attention_heads", heads)
        .put("intermediate_size", intermediate)
        .put("patch_size", patch)
        .put("init_pos_emb_height", rows)
        .put("init_pos_emb_width", cols);
    json.writeValue(folder.resolve("config.json").toFile(), config);
    Files.copy(golden.resolve("generation_config.json"), folder.resolve("generation_config.json"));

    Map<String, float[]> weights = new HashMap<>();
    SafetensorsWriter writer = new SafetensorsWriter();
    Random random = new Random(seed);
    add(weights, writer, random, "vision_tower.patch_embed.proj", hidden, 3, patch, patch);
    tensor(
        weights, writer, random, "vision_tower.patch_embed.pos_emb.weight", 1, rows, cols, hidden);
    for (int i = 0; i < layers; i++) {
      String block = "vision_tower.encoder.blocks." + i + ".";
      add(weights, writer, random, block + "norm0", hidden);
      add(weights, writer, random, block + "norm1", hidden);
      add(weights, writer, random, block + "wqkv", 3 * hidden, hidden);
      add(weights, writer, random, block + "wo", hidden, hidden);
      add(weights, writer, random, block + "mlp.fc0", intermediate, hidden);
      add(weights, writer, random, block + "mlp.fc1", hidden, intermediate);
    }
    add(weights, writer, random, "vision_tower.encoder.final_layernorm", hidden);
    add(weights, writer, random, "multi_modal_projector.pre_norm", hidden);
    add(weights, writer, random, "multi_modal_projector.linear_1", 4 * hidden, 4 * hidden);
    add(weights, writer, random, "multi_modal_projector.linear_2", lm, 4 * hidden);
    writer.write(folder.resolve("model.safetensors"));
    return weights;
  }

  /** A weight and its bias. */
  private static void add(
      Map<String, float[]> weights,
      SafetensorsWriter writer,
      Random random,
      String name,
      int... shape) {
    int fanIn = 1;
    for (int i = 1; i < shape.length; i++) {
      fanIn *= shape[i];
    }
    tensor(weights, writer, random, name + ".weight", fanIn, shape);
    tensor(weights, writer, random, name + ".bias", 16, shape[0]);
  }

  private static void tensor(
      Map<String, float[]> weights,
      SafetensorsWriter writer,
      Random random,
      String name,
      int fanIn,
      int... shape) {
    int count = 1;
    for (int side : shape) {
      count *= side;
    }
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (random.nextGaussian() / Math.sqrt(fanIn));
    }
    weights.put(name, values);
    writer.f32(name, values, shape);
  }
}
