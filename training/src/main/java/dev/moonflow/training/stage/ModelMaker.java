package dev.moonflow.training.stage;

import dev.moonflow.model.checkpoint.DType;
import dev.moonflow.model.checkpoint.KimiVlConfig;
import dev.moonflow.model.synthetic.CompanionFiles;
import dev.moonflow.model.tokenizer.MergeLearner;
import dev.moonflow.training.batch.KeyedHash;
import dev.moonflow.training.batch.SampleSource;
import dev.moonflow.training.network.TrainableKimiVl;
import dev.moonflow.training.sample.Part;
import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.torch.Precision;
import dev.moonflow.training.trainer.recipe.ModelSection;
import dev.moonflow.training.trainer.recipe.Recipe;
import dev.moonflow.training.trainer.recipe.SourceSection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Makes a model from nothing: learns a vocabulary, draws weights, writes the whole folder. */
final class ModelMaker {
  private static final int SPECIALS = 256;

  /** Characters to learn a vocabulary from at most; every merge counts all of them. */
  private static final int CHARACTERS_MAX = 400_000;

  private final Recipe recipe;
  private final ModelSection.Create create;
  private final SourceOpener sources;

  ModelMaker(Recipe recipe, ModelSection.Create create, SourceOpener sources) {
    this.recipe = recipe;
    this.create = create;
    this.sources = sources;
  }

  /** Writes the folder; it is there whole once {@code config.json} is. */
  void make(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<byte[]> tokens = MergeLearner.learn(learningText(), create.merges());
    CompanionFiles.write(folder, tokens, create.vision().patchSize(), create.inTokenLimit());
    KimiVlConfig config =
        new KimiVlConfig(
            create.vision(),
            create.text().withVocabSize(tokens.size() + SPECIALS),
            CompanionFiles.special(tokens, "<|media_pad|>"));
    long seed = KeyedHash.derive(recipe.seed(), "weights");
    try (TrainableKimiVl model = TrainableKimiVl.create(config, seed, Precision.F32)) {
      model.save(folder, DType.F32, folder);
    }
  }

  private String learningText() throws IOException {
    StringBuilder text = new StringBuilder();
    for (Path file : create.tokenizerTexts()) {
      append(text, Files.readString(file));
    }
    if (create.tokenizerTexts().isEmpty()) {
      Set<SourceSection> data = new LinkedHashSet<>();
      recipe.stages().forEach(stage -> data.addAll(stage.data()));
      List<SourceSection> all = new ArrayList<>(data);
      all.removeIf(source -> source.kind() == SourceSection.Kind.NEEDLES);
      for (SourceSection source : all) {
        long seed = KeyedHash.derive(recipe.seed(), "tokenizer " + source.place());
        try (SampleSource samples = sources.open(source, seed)) {
          for (int k = 0; k < create.tokenizerSamples(); k++) {
            append(text, samples.sample(k));
          }
        }
      }
    }
    return text.toString();
  }

  private static void append(StringBuilder text, Sample sample) {
    for (Part part : sample.parts()) {
      if (part instanceof Part.Text words) {
        append(text, words.text());
      }
    }
  }

  private static void append(StringBuilder text, String more) {
    int room = CHARACTERS_MAX - text.length();
    text.append(more, 0, Math.max(0, Math.min(room, more.length()))).append('\n');
  }
}
