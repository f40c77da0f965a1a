package dev.moonflow.model.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes {@code config.json} with the field names of the published checkpoints (SPEC section 1).
 */
public final class ConfigWriter {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ConfigWriter() {}

  /**
   * Writes the file; {@link KimiVlConfig#read} gives the same configuration back.
   *
   * @param dtype of most tensors, for readers that ask
   */
  public static void write(Path file, KimiVlConfig config, DType dtype) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.putArray("architectures").add("KimiVLForConditionalGeneration");
    root.put("model_type", "kimi_vl");
    root.put("ignore_index", -100);
    root.put("media_placeholder_token_id", config.mediaTokenId());
    root.put("vocab_size", config.text().vocabSize());
    root.put("tie_word_embeddings", config.text().tiedEmbeddings());
    root.put("torch_dtype", dtype == DType.F32 ? "float32" : "bfloat16");
    vision(root.putObject("vision_config"), config.vision());
    text(root.putObject("text_config"), config.text());
    JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
  }

  private static void vision(ObjectNode node, VisionConfig v) {
    node.put("model_type", "moonvit");
    node.put("patch_size", v.patchSize());
    node.put("init_pos_emb_height", v.positionRows());
    node.put("init_pos_emb_width", v.positionCols());
    node.put("num_attention_heads", v.heads());
    node.put("num_hidden_layers", v.layers());
    node.put("hidden_size", v.hiddenSize());
    node.put("intermediate_size", v.intermediateSize());
    node.putArray("merge_kernel_size").add(v.mergeSize()).add(v.mergeSize());
  }

  private static void text(ObjectNode node, TextConfig t) {
    node.put("model_type", "deepseek_v3");
    node.put("vocab_size", t.vocabSize());
    node.put("hidden_size", t.hiddenSize());
    node.put("num_hidden_layers", t.layers());
    node.put("num_attention_heads", t.heads());
    node.put("num_key_value_heads", t.heads());
    node.putNull("q_lora_rank");
    node.put("kv_lora_rank", t.kvLoraRank());
    node.put("qk_nope_head_dim", t.qkNopeHeadDim());
    node.put("qk_rope_head_dim", t.qkRopeHeadDim());
    node.put("v_head_dim", t.vHeadDim());
    node.put("hidden_act", "silu");
    node.put("intermediate_size", t.intermediateSize());
    node.put("moe_intermediate_size", t.moeIntermediateSize());
    node.put("n_routed_experts", t.routedExperts());
    node.put("num_experts_per_tok", t.expertsPerToken());
    node.put("n_shared_experts", t.sharedExperts());
    node.put("first_k_dense_replace", t.firstDenseLayers());
    node.put("moe_layer_freq", 1);
    node.put("n_group", t.groups());
    node.put("topk_group", t.topKGroups());
    node.put("topk_method", "noaux_tc");
    node.put("scoring_func", "sigmoid");
    node.put("norm_topk_prob", t.normalizeTopK());
    node.put("routed_scaling_factor", t.routedScalingFactor());
    node.put("rope_theta", t.ropeTheta());
    node.putNull("rope_scaling");
    node.put("rms_norm_eps", t.rmsNormEps());
    node.put("max_position_embeddings", t.maxPositions());
    node.put("attention_bias", false);
    node.put("attention_dropout", 0.0);
    node.put("tie_word_embeddings", t.tiedEmbeddings());
  }
}
