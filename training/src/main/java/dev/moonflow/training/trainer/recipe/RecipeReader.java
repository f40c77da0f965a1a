package dev.moonflow.training.trainer.recipe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Recipes from files and from those that come with the program. */
public final class RecipeReader {
  /** Recipes that come with the program, by name. */
  public static final List<String> BUILT_IN = List.of("tiny", "needle", "moonlet");

  private static final String RESOURCES = "/dev/moonflow/training/recipes/";

  private RecipeReader() {}

  /**
   * A recipe by its file, or one that comes with the program by its name.
   *
   * @param settings {@code key=value}, laid over the file; keys are dotted, stages go by their name
   * @throws RecipeException in one sentence
   */
  public static Recipe read(String fileOrName, List<String> settings) {
    Path file = Path.of(fileOrName);
    if (Files.exists(file)) {
      return parse(contents(file), file.toString(), file.toAbsolutePath().getParent(), settings);
    }
    if (!BUILT_IN.contains(fileOrName)) {
      throw new RecipeException(
          "recipe %s is neither a file nor one that comes with the program (%s)."
              .formatted(fileOrName, String.join(", ", BUILT_IN)));
    }
    try (InputStream in =
        RecipeReader.class.getResourceAsStream(RESOURCES + fileOrName + ".yaml")) {
      String yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return parse(yaml, fileOrName, Path.of("").toAbsolutePath(), settings);
    } catch (IOException e) {
      throw new RecipeException("recipe " + fileOrName + " cannot be read: " + e + ".", e);
    }
  }

  private static String contents(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new RecipeException("recipe " + file + " does not exist.", e);
    } catch (IOException e) {
      throw new RecipeException("recipe " + file + " cannot be read: " + e + ".", e);
    }
  }

  /**
   * A recipe from its text.
   *
   * @param file its name, for messages
   * @param folder what relative paths in it are relative to
   */
  public static Recipe parse(String yaml, String file, Path folder, List<String> settings) {
    RecipeNode.Keys root = RecipeParser.parse(yaml, file);
    for (String setting : settings) {
      root = RecipeSetting.apply(root, setting);
    }
    RecipeFields fields = new RecipeFields(file, "", root);
    String name = fields.text("name");
    long seed = fields.integer("seed", 0, Long.MAX_VALUE, 0);
    ModelSection model = ModelReader.read(fields.section("model"), folder);
    RecipeNode.Keys defaults = fields.section("defaults").keys();
    List<StageSection> stages = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (RecipeFields stage : fields.sections("stages")) {
      for (RecipeFields phase : phases(stage, defaults, file)) {
        StageSection section = StageReader.read(phase, seed, folder);
        if (!names.add(section.name())) {
          throw phase.bad("name", "is that of another stage too");
        }
        stages.add(section);
      }
    }
    fields.finish();
    if (stages.isEmpty()) {
      throw fields.bad("stages", "must hold at least one stage");
    }
    return new Recipe(name, seed, model, stages);
  }

  /** The stage once, or as often as it has phases, each with its own keys laid over. */
  private static List<RecipeFields> phases(
      RecipeFields stage, RecipeNode.Keys defaults, String file) {
    String name = stage.text("name");
    RecipeNode.Keys whole = defaults.overlaid(stage.keys().without("phases"));
    List<RecipeFields> phases = new ArrayList<>();
    for (RecipeFields phase : stage.sections("phases")) {
      Map<String, RecipeNode> named = new LinkedHashMap<>();
      String phaseName = name + "-" + (phases.size() + 1);
      named.put("name", new RecipeNode.Scalar(phaseName, phase.keys().line()));
      named.put("kind", new RecipeNode.Scalar(stage.text("kind", name), stage.keys().line()));
      RecipeNode.Keys keys = whole.overlaid(new RecipeNode.Keys(named, 0)).overlaid(phase.keys());
      phases.add(new RecipeFields(file, "stages." + phaseName + ".", keys));
    }
    return phases.isEmpty()
        ? List.of(new RecipeFields(file, "stages." + name + ".", whole))
        : phases;
  }
}
