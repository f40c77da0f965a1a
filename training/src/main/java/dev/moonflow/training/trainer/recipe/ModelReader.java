package dev.moonflow.training.trainer.recipe;

import dev.moonflow.model.checkpoint.TextConfig;
import dev.moonflow.model.checkpoint.VisionConfig;
import java.nio.file.Path;
import java.util.List;

/** The {@code model} section. */
final class ModelReader {
  private static final int SIZE_MAX = 1 << 24;

  private ModelReader() {}

  static ModelSection read(RecipeFields model, Path folder) {
    boolean from = model.has("from");
    boolean create = model.has("create");
    if (from == create) {
      throw model.bad("must say either from (a checkpoint's folder) or create");
    }
    ModelSection section =
        from
            ? new ModelSection.From(folder.resolve(model.text("from")))
            : create(model.section("create"), folder);
    model.finish();
    return section;
  }

  private static ModelSection create(RecipeFields create, Path folder) {
    VisionConfig vision = vision(create.section("vision"));
    TextConfig text = text(create.section("text"));
    RecipeFields tokenizer = create.section("tokenizer");
    int merges = size(tokenizer, "merges", 0);
    List<Path> texts = tokenizer.texts("texts", List.of()).stream().map(folder::resolve).toList();
    int samples = (int) tokenizer.integer("samples", 1, 1_000_000, 200);
    tokenizer.finish();
    int limit = (int) create.integer("in-token-limit", 1, SIZE_MAX, 4096);
    create.finish();
    return new ModelSection.Create(vision, text, limit, merges, texts, samples);
  }

  private static VisionConfig vision(RecipeFields v) {
    VisionConfig config =
        new VisionConfig(
            size(v, "hidden-size", 1),
            size(v, "layers", 1),
            size(v, "heads", 1),
            size(v, "intermediate-size", 1),
            (int) v.integer("patch-size", 1, 64, 14),
            (int) v.integer("position-rows", 1, 512, 64),
            (int) v.integer("position-cols", 1, 512, 64),
            2);
    if (config.hiddenSize() % config.heads() != 0 || config.headDim() % 4 != 0) {
      throw v.bad("heads", "must divide hidden-size into heads of a multiple of 4 values");
    }
    v.finish();
    return config;
  }

  private static TextConfig text(RecipeFields t) {
    TextConfig config =
        new TextConfig(
            0,
            size(t, "hidden-size", 1),
            size(t, "layers", 1),
            size(t, "heads", 1),
            size(t, "kv-lora-rank", 1),
            size(t, "qk-nope-head-dim", 1),
            size(t, "qk-rope-head-dim", 2),
            size(t, "v-head-dim", 1),
            size(t, "intermediate-size", 1),
            size(t, "moe-intermediate-size", 1),
            size(t, "routed-experts", 1),
            size(t, "experts-per-token", 1),
            (int) t.integer("shared-experts", 1, 1024, 1),
            (int) t.integer("groups", 1, 1024, 1),
            (int) t.integer("top-groups", 1, 1024, 1),
            t.flag("normalize-top", true),
            (float) t.number("routed-scaling-factor", 1e-3, 1e3, 2.446),
            t.number("rope-base", 1, 1e12, 50_000),
            (float) t.number("rms-norm-epsilon", 0, 1, 1e-5),
            (int) t.integer("dense-layers", 0, 1024, 1),
            size(t, "max-positions", 2),
            t.flag("tied-embeddings", false));
    check(t, config);
    t.finish();
    return config;
  }

  private static void check(RecipeFields t, TextConfig c) {
    if (c.qkRopeHeadDim() % 2 != 0) {
      throw t.bad("qk-rope-head-dim", "must be even");
    }
    if (c.routedExperts() % c.groups() != 0 || c.topKGroups() > c.groups()) {
      throw t.bad("groups", "must divide routed-experts and be at least top-groups");
    }
    if (c.expertsPerToken() > c.routedExperts() / c.groups() * c.topKGroups()) {
      throw t.bad("experts-per-token", "must be at most the experts of the groups kept");
    }
    if (c.firstDenseLayers() > c.layers()) {
      throw t.bad("dense-layers", "must be at most layers");
    }
  }

  private static int size(RecipeFields fields, String key, int min) {
    return (int) fields.integer(key, min, SIZE_MAX);
  }
}
