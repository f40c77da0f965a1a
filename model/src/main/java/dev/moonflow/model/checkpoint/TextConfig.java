package dev.moonflow.model.checkpoint;

/**
 * {@code text_config}: the shape of the MLA and MoE language model (SPEC section 1.2).
 *
 * @param vocabSize V, rows of the embedding and of the head
 * @param hiddenSize H
 * @param layers decoder layers
 * @param heads attention heads
 * @param kvLoraRank r, width of the compressed KV
 * @param qkNopeHeadDim values of a head's query and key that are not rotated
 * @param qkRopeHeadDim values of a head's query and key that are rotated; even
 * @param vHeadDim values of a head's value
 * @param intermediateSize width of a dense layer's MLP
 * @param moeIntermediateSize width of one expert
 * @param routedExperts E
 * @param expertsPerToken k, at most E
 * @param sharedExperts experts that every token passes, as one MLP of that many widths
 * @param groups consecutive equal groups of experts; divides E
 * @param topKGroups groups kept per token
 * @param normalizeTopK whether the weights of the chosen experts are divided by their sum
 * @param routedScalingFactor factor on those weights
 * @param ropeTheta base of the rotary frequencies
 * @param rmsNormEps epsilon of the input, post-attention and final norms
 * @param firstDenseLayers leading layers with a dense MLP instead of experts
 * @param maxPositions positions that the model was trained for: the context length
 * @param tiedEmbeddings whether the head is the embedding; false in Kimi-VL
 */
public record TextConfig(
    int vocabSize,
    int hiddenSize,
    int layers,
    int heads,
    int kvLoraRank,
    int qkNopeHeadDim,
    int qkRopeHeadDim,
    int vHeadDim,
    int intermediateSize,
    int moeIntermediateSize,
    int routedExperts,
    int expertsPerToken,
    int sharedExperts,
    int groups,
    int topKGroups,
    boolean normalizeTopK,
    float routedScalingFactor,
    double ropeTheta,
    float rmsNormEps,
    int firstDenseLayers,
    int maxPositions,
    boolean tiedEmbeddings) {

  /** Epsilon of the norm on the compressed KV; fixed in the model's code (SPEC section 8). */
  public static final float KV_NORM_EPS = 1e-6f;

  /** Values of a head's query and key: nope and rope together. */
  public int qkHeadDim() {
    return qkNopeHeadDim + qkRopeHeadDim;
  }

  /** The same model with another vocabulary. */
  public TextConfig withVocabSize(int size) {
    return new TextConfig(
        size,
        hiddenSize,
        layers,
        heads,
        kvLoraRank,
        qkNopeHeadDim,
        qkRopeHeadDim,
        vHeadDim,
        intermediateSize,
        moeIntermediateSize,
        routedExperts,
        expertsPerToken,
        sharedExperts,
        groups,
        topKGroups,
        normalizeTopK,
        routedScalingFactor,
        ropeTheta,
        rmsNormEps,
        firstDenseLayers,
        maxPositions,
        tiedEmbeddings);
  }

  /** Whether a layer has a dense MLP. */
  public boolean isDense(int layer) {
    return layer < firstDenseLayers;
  }

  /** Layers of either tower: every tensor of each is planned for before weights are looked at. */
  static final int LAYERS_MAX = 1_024;

  private static final int EXPERTS_MAX = 100_000;

  static TextConfig of(JsonFields json) {
    refuseUnsupported(json);
    TextConfig config =
        new TextConfig(
            json.integer("vocab_size", 1),
            json.integer("hidden_size", 1),
            json.integer("num_hidden_layers", 1),
            json.integer("num_attention_heads", 1),
            json.integer("kv_lora_rank", 1),
            json.integer("qk_nope_head_dim", 1),
            json.integer("qk_rope_head_dim", 2),
            json.integer("v_head_dim", 1),
            json.integer("intermediate_size", 1),
            json.integer("moe_intermediate_size", 1),
            json.integer("n_routed_experts", 1),
            json.integer("num_experts_per_tok", 1),
            json.integer("n_shared_experts", 1),
            json.integer("n_group", 1),
            json.integer("topk_group", 1),
            json.bool("norm_topk_prob"),
            (float) json.positive("routed_scaling_factor"),
            json.positive("rope_theta"),
            (float) json.positive("rms_norm_eps"),
            json.integer("first_k_dense_replace", 0),
            json.integer("max_position_embeddings", 1),
            json.has("tie_word_embeddings") && json.bool("tie_word_embeddings"));
    checkConsistent(json, config);
    return config;
  }

  private static void refuseUnsupported(JsonFields json) {
    json.requireSupported("hidden_act", "silu");
    json.requireSupported("scoring_func", "sigmoid");
    json.requireSupported("topk_method", "noaux_tc");
    json.requireSupported("moe_layer_freq", 1);
    json.requireSupported("q_lora_rank", null);
    json.requireSupported("rope_scaling", null);
    json.requireSupported("attention_bias", false);
  }

  private static void checkConsistent(JsonFields json, TextConfig c) {
    if (c.layers > LAYERS_MAX) {
      throw json.bad("num_hidden_layers", "must be at most " + LAYERS_MAX);
    }
    if ((long) c.layers * c.routedExperts > EXPERTS_MAX) {
      throw json.bad("n_routed_experts", "must be at most " + EXPERTS_MAX + " over all layers");
    }
    if (c.qkRopeHeadDim % 2 != 0) {
      throw json.bad("qk_rope_head_dim", "must be even");
    }
    if (c.routedExperts % c.groups != 0) {
      throw json.bad("n_group", "must divide n_routed_experts (" + c.routedExperts + ")");
    }
    if (c.topKGroups > c.groups) {
      throw json.bad("topk_group", "must be at most n_group (" + c.groups + ")");
    }
    if (c.groups > 1 && c.routedExperts / c.groups < 2) {
      throw json.bad("n_group", "must leave at least two experts in a group");
    }
    if (c.expertsPerToken > c.routedExperts / c.groups * c.topKGroups) {
      throw json.bad("num_experts_per_tok", "must be at most the experts of topk_group groups");
    }
    if (c.firstDenseLayers > c.layers) {
      throw json.bad(
          "first_k_dense_replace", "must be at most num_hidden_layers (" + c.layers + ")");
    }
  }
}
